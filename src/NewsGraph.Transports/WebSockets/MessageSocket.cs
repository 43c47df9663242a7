using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace NewsGraph.Transports.WebSockets;

/// <summary>The thin layer between the protocols and ASP.NET Core's WebSocket.</summary>
internal sealed class MessageSocket(WebSocket socket, CoalescingStream? stream, HttpContext context, int maxMessageSize) : IMessageSocket
{
    private readonly MessageReader _reader = new(socket, maxMessageSize);
    private readonly Lock _gate = new();
    private bool _isReleased;

    public ValueTask<ReceivedMessage> ReceiveAsync() => _reader.ReadAsync();

    public ValueTask SkipToCloseAsync() => _reader.SkipToCloseAsync();

    public ValueTask SendAsync(OutgoingMessage message)
    {
        stream?.Cork();

        // The usual case: straight behind the frames that wait, without a copy and a state machine for each.
        return stream is not null && CanSend && stream.TryWriteText(message) ? ValueTask.CompletedTask : SendFrameAsync(message);
    }

    public ValueTask FlushAsync() => stream?.UncorkAsync() ?? ValueTask.CompletedTask;

    public async ValueTask CloseAsync(CloseCode code, string reason) =>
        await socket.CloseOutputAsync((WebSocketCloseStatus)(int)code, reason, CancellationToken.None);

    public ValueTask LingerAsync() => stream?.DrainAsync() ?? ValueTask.CompletedTask;

    public void Abort()
    {
        lock (_gate)
        {
            if (_isReleased)
            {
                // The request is over, and its context may be another's by now.
                return;
            }

            // The request too: a write that waits for the client is only ended by it. First, as what waited for the
            // socket may go on to the end of the request here.
            context.Abort();
            socket.Abort();
        }
    }

    /// <summary>Says that the request ends. Nothing is cut any more.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isReleased = true;
        }

        _reader.Release();
    }

    private bool CanSend => socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    private async ValueTask SendFrameAsync(OutgoingMessage message)
    {
        if (!message.HasBody)
        {
            await socket.SendAsync(message.Head, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            return;
        }

        var length = message.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        message.CopyTo(buffer);
        await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        // Not in a finally block: after a failed send the transport may still hold the array.
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
