using System.Net.WebSockets;
using System.Text;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>The endpoint's own address serves sockets too, on the real engine.</summary>
public sealed class SocketAtEndpointTests
{
    [Fact]
    public async Task A_subscription_runs_over_a_socket_at_the_same_address()
    {
        await using var server = await SampleServer.StartAsync();
        using var limit = new CancellationTokenSource(SampleServer.Limit);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/graphql"), limit.Token);

        await SendAsync(socket, """{"type":"connection_init"}""", limit.Token);
        Assert.Equal("""{"type":"connection_ack"}""", await ReceiveAsync(socket, limit.Token));
        await SendAsync(socket, """{"id":"1","type":"subscribe","payload":{"query":"subscription { countTo(limit: 1) }"}}""", limit.Token);

        Assert.Contains("""{"data":{"countTo":1}}""", await ReceiveAsync(socket, limit.Token), StringComparison.Ordinal);
        Assert.Contains("complete", await ReceiveAsync(socket, limit.Token), StringComparison.Ordinal);
    }

    private static Task SendAsync(ClientWebSocket socket, string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
