using System.Buffers;
using System.Net.WebSockets;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Puts fragments together to whole messages, up to a limit.</summary>
internal sealed class MessageReader(WebSocket socket, int maxMessageSize)
{
    private const int FirstBufferSize = 2048;

    private byte[]? _buffer;

    /// <summary>Waits for a message. Between messages no buffer is held, so an idle connection stays small.</summary>
    public async ValueTask<ReceivedMessage> ReadAsync()
    {
        Release();

        // Reading into nothing waits for data without tying up a buffer for it.
        var received = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        var length = 0;
        while (!received.EndOfMessage && received.MessageType == WebSocketMessageType.Text)
        {
            if (length > maxMessageSize)
            {
                return new ReceivedMessage(ReceivedKind.TooBig);
            }

            received = await socket.ReceiveAsync(Space(length), CancellationToken.None);
            length += received.Count;
        }

        return received.MessageType switch
        {
            WebSocketMessageType.Close => new ReceivedMessage(ReceivedKind.Close),
            WebSocketMessageType.Binary => new ReceivedMessage(ReceivedKind.Binary),
            _ when length > maxMessageSize => new ReceivedMessage(ReceivedKind.TooBig),
            _ => new ReceivedMessage(ReceivedKind.Text, _buffer.AsMemory(0, length)),
        };
    }

    /// <summary>Skips whatever comes until the client's close frame.</summary>
    public async ValueTask SkipToCloseAsync()
    {
        Release();
        var scratch = new byte[512];
        while ((await socket.ReceiveAsync(scratch.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Memory<byte> Space(int used)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(FirstBufferSize);
        if (used == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * used);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(used);
    }
}
