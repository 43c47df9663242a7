using System.Net;
using System.Net.WebSockets;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>What a client learns whose upgrade is refused.</summary>
internal sealed record RefusedSocket(HttpStatusCode Status, int? RetryAfter)
{
    public static async Task<RefusedSocket> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        using var limit = new CancellationTokenSource(SocketClient.Patience);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SocketClient.Modern);
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, limit.Token));
        var retryAfter = socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) == true ? int.Parse(values.Single(), null) : (int?)null;
        return new RefusedSocket(socket.HttpStatusCode, retryAfter);
    }
}
