using NewsGraph.IntegrationTests.Http;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>The sockets at the endpoint itself, with the real engine behind them.</summary>
public sealed class EngineOverSocketTests
{
    [Fact]
    public async Task A_subscription_receives_what_a_mutation_on_the_same_socket_publishes()
    {
        await using var server = await SampleServer.StartAsync();
        using var client = await SocketClient.OpenAsync(Address(server));
        await client.SubscribeAsync("s", "subscription { ticks }");
        await server.Events.FirstSubscriber.WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);

        await client.SubscribeAsync("m", "mutation { tick(number: 7) }");

        List<string> arrived = [await client.ReceiveAsync(), await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.Contains("""{"type":"next","id":"s","payload":{"data":{"ticks":7}}}""", arrived);
        Assert.Contains("""{"type":"next","id":"m","payload":{"data":{"tick":7}}}""", arrived);
        Assert.Contains("""{"type":"complete","id":"m"}""", arrived);
    }

    [Fact]
    public async Task Stopping_and_vanishing_end_the_engines_subscription()
    {
        await using var server = await SampleServer.StartAsync();
        using var client = await SocketClient.OpenAsync(Address(server));
        using var vanishing = await SocketClient.OpenAsync(Address(server));
        await client.SubscribeAsync("s", "subscription { ticks }");
        await vanishing.SubscribeAsync("s", "subscription { ticks }");
        await SocketServer.EventuallyAsync(() => server.Events.Subscribers == 2);

        await client.SendAsync("""{"id":"s","type":"complete"}""");
        await SocketServer.EventuallyAsync(() => server.Events.Subscribers == 1);
        vanishing.Socket.Abort();
        await SocketServer.EventuallyAsync(() => server.Events.Subscribers == 0);

        server.Events.Publish(new Tick(1));
        Assert.Empty(await client.SyncAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_an_operation_is_an_error_message()
    {
        await using var server = await SampleServer.StartAsync();
        using var client = await SocketClient.OpenAsync(Address(server));

        await client.SubscribeAsync("a", "{ hello");
        Assert.Contains("\"code\":\"HC0011\"", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.SubscribeAsync("b", "subscription { unknown }");
        Assert.StartsWith("""{"type":"error","id":"b","payload":[{"message":""", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.SendAsync("""{"id":"c","type":"subscribe","payload":{}}""");
        Assert.Contains("\"code\":\"HC0013\"", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.SubscribeAsync("d", "{ fails }");
        Assert.DoesNotContain("secret", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"type":"complete","id":"d"}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task The_legacy_sub_protocol_is_spoken_at_the_same_address()
    {
        await using var server = await SampleServer.StartAsync();
        using var client = await SocketClient.OpenAsync(Address(server), SocketClient.Legacy);

        await client.SendAsync("""{"id":"1","type":"start","payload":{"query":"subscription { countTo(limit: 2) }"}}""");

        Assert.Equal("""{"type":"data","id":"1","payload":{"data":{"countTo":1}}}""", await client.ReceiveAsync());
        Assert.Equal("""{"type":"data","id":"1","payload":{"data":{"countTo":2}}}""", await client.ReceiveAsync());
        Assert.Equal("""{"type":"complete","id":"1"}""", await client.ReceiveAsync());
    }

    private static Uri Address(SampleServer server) => new($"ws://{server.Address.Authority}/graphql");
}
