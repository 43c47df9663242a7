using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>
/// One kept-alive connection, read with as little work as possible: the one who asks must never be what a measurement waits
/// for. Knows answers with <c>Content-Length</c> and chunked ones.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
    private byte[] _buffer = new byte[64 * 1024];

    public RawConnection(Uri address) => _socket.Connect(IPAddress.Parse(address.Host), address.Port);

    /// <summary>A request as a client of GraphQL over HTTP sends it.</summary>
    public static byte[] Post(Uri address, object content)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(content);
        var head = $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/graphql-response+json\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    public void Send(byte[] request) => _socket.Send(request);

    /// <summary>Waits for a whole answer.</summary>
    /// <returns>The bytes of its body as they came, valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The answer is no success, or the server closed the connection.</exception>
    public ReadOnlySpan<byte> Receive()
    {
        var length = 0;
        var head = 0;
        int? body = null;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var got = _socket.Receive(_buffer, length, _buffer.Length - length, SocketFlags.None);
            length += got > 0 ? got : throw new InvalidOperationException("The server closed the connection.");
            var bytes = _buffer.AsSpan(0, length);
            if (head == 0)
            {
                head = bytes.IndexOf("\r\n\r\n"u8) + 4;
                if (head < 4)
                {
                    head = 0;
                    continue;
                }

                body = ContentLength(bytes[..head]);
            }

            // A chunk never ends like this: JSON has no raw line breaks in its texts.
            if (body is { } size ? length >= head + size : bytes.EndsWith("\r\n0\r\n\r\n"u8))
            {
                return bytes[head..];
            }
        }
    }

    /// <summary>The body without the marks of its chunks.</summary>
    public static byte[] Joined(ReadOnlySpan<byte> body)
    {
        if (body[0] == (byte)'{')
        {
            return body.ToArray();
        }

        var joined = new List<byte>(body.Length);
        while (Utf8Parser.TryParse(body, out int size, out var digits, 'x') && size > 0)
        {
            var start = digits + 2;
            joined.AddRange(body.Slice(start, size));
            body = body[(start + size + 2)..];
        }

        return [.. joined];
    }

    public void Dispose() => _socket.Dispose();

    private static int? ContentLength(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException("The server refused: " + Encoding.UTF8.GetString(head));
        }

        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int size, out _) ? size : null;
    }
}
