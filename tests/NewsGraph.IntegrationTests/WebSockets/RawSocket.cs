using System.Net.Sockets;
using System.Text;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>
/// A client below the WebSocket: for what a proper client refuses to do, such as accepting an answer without the
/// sub-protocol it offered, or not reading at all.
/// </summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _limit = new(SocketClient.Patience);

    public static async Task<RawSocket> ConnectAsync(Uri address, string? subProtocol, int? receiveBuffer = null)
    {
        var socket = new RawSocket();
        socket._client.ReceiveBufferSize = receiveBuffer ?? socket._client.ReceiveBufferSize;
        await socket._client.ConnectAsync(address.Host, address.Port, socket._limit.Token);
        var request =
            $"GET {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n"
            + (subProtocol is null ? "" : $"Sec-WebSocket-Protocol: {subProtocol}\r\n") + "\r\n";
        await socket._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), socket._limit.Token);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await socket._client.GetStream().ReadExactlyAsync(one, socket._limit.Token);
            head.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", head.ToString(), StringComparison.Ordinal);
        return socket;
    }

    /// <summary>Sends a short text, masked with zeros as the standard allows.</summary>
    public async Task SendAsync(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        Assert.InRange(payload.Length, 0, 125);
        byte[] frame = [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
        await _client.GetStream().WriteAsync(frame, _limit.Token);
    }

    /// <summary>Reads one short frame that must be a close frame, and returns its code.</summary>
    public async Task<int> ReadCloseCodeAsync()
    {
        var head = new byte[4];
        await _client.GetStream().ReadExactlyAsync(head, _limit.Token);
        Assert.Equal(0x88, head[0]);
        return (head[2] << 8) | head[3];
    }

    public void Dispose()
    {
        _client.Dispose();
        _limit.Dispose();
    }
}
