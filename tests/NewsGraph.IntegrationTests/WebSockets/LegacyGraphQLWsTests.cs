namespace NewsGraph.IntegrationTests.WebSockets;

public sealed class LegacyGraphQLWsTests
{
    [Fact]
    public async Task A_subscription_sends_data_until_it_is_stopped()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address, SocketClient.Legacy);
        await client.SendAsync("""{"id":"1","type":"start","payload":{"query":"stream"}}""");
        await server.Executor.StreamsAsync(1);

        server.Executor.Publish("""{"data":{"n":1}}""");
        Assert.Equal("""{"type":"data","id":"1","payload":{"data":{"n":1}}}""", await client.ReceiveAsync());

        await client.SendAsync("""{"id":"1","type":"stop"}""");
        await server.Executor.StreamsAsync(0);
        server.Executor.Publish("""{"data":{"n":2}}""");
        await client.SendAsync("""{"id":"2","type":"start","payload":{"query":"hello"}}""");
        Assert.Equal("""{"type":"data","id":"2","payload":{"data":{"hello":"world"}}}""", await client.ReceiveAsync());
        Assert.Equal("""{"type":"complete","id":"2"}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_refused_operation_gets_one_error_object()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address, SocketClient.Legacy);

        await client.SendAsync("""{"id":"1","type":"start","payload":{"query":"nonsense"}}""");

        Assert.Equal(
            """{"type":"error","id":"1","payload":{"message":"Syntax Error","extensions":{"code":"HC0011"}}}""",
            await client.ReceiveAsync());
    }

    [Fact]
    public async Task Keep_alive_comes_every_five_seconds()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address, SocketClient.Legacy);

        server.Pass(seconds: 5);

        Assert.Equal("""{"type":"ka"}""", await client.ReceiveAsync());
    }
}
