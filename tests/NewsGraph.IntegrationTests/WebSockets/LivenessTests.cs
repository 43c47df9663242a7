using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>Who is still there, and who only takes up space.</summary>
public sealed class LivenessTests
{
    [Fact]
    public async Task A_client_that_leaves_a_ping_unanswered_for_twenty_seconds_is_closed()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        server.Pass(seconds: 24);
        Assert.Equal(1, server.Connections);
        server.Pass(seconds: 1);

        await server.Executor.StreamsAsync(0);
        Assert.Equal((4291, "No answer to a ping."), await client.CloseAsync());
    }

    [Theory]
    [InlineData("""{"type":"pong"}""")]
    [InlineData("""{"type":"ping"}""")]
    public async Task Any_message_is_an_answer_to_a_ping(string message)
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        for (var minute = 0; minute < 3; minute++)
        {
            server.Pass(seconds: 20);
            await client.SendAsync(message);
            if (message.Contains("ping", StringComparison.Ordinal))
            {
                // Its own answer, or the next one to be waited for would already be here.
                await client.PongAsync();
            }

            await client.SyncAsync();
        }

        await server.Executor.StreamsAsync(1);
    }

    [Fact]
    public async Task Clients_that_came_together_are_pinged_within_a_second_but_not_at_once()
    {
        await using var server = await SocketServer.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SocketClient.OpenAsync(server.Address)));
        server.Pass(seconds: 4);
        server.Clock.Advance(TimeSpan.FromMilliseconds(950));

        // By the clock all are due from now on.
        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        var first = await PingsAsync(clients);
        server.Clock.Advance(TimeSpan.FromMilliseconds(900));
        var second = await PingsAsync(clients);

        Assert.InRange(first.Sum(), 0, clients.Length - 1);
        Assert.All(first.Zip(second), both => Assert.Equal(1, both.First + both.Second));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task A_peer_that_is_dead_is_cut_off_although_it_takes_no_close_frame()
    {
        await using var server = await SocketServer.StartAsync();
        using var dead = await RawSocket.ConnectAsync(server.Address, SocketClient.Modern);
        await dead.SendAsync("""{"type":"connection_init"}""");
        await dead.SendAsync("""{"id":"a","type":"subscribe","payload":{"query":"stream"}}""");
        await server.Executor.StreamsAsync(1);

        server.Pass(seconds: 25);
        await server.Executor.StreamsAsync(0);
        server.Pass(seconds: 5);

        await SocketServer.EventuallyAsync(() => server.Connections == 0);
    }

    [Fact]
    public async Task A_client_of_the_legacy_sub_protocol_has_no_answer_to_give_and_stays()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address, SocketClient.Legacy);
        await client.SendAsync("""{"id":"1","type":"start","payload":{"query":"stream"}}""");
        await server.Executor.StreamsAsync(1);

        server.Pass(seconds: 120);

        await server.Executor.StreamsAsync(1);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_silent_client_stays_where_no_deadline_is_set()
    {
        await using var server = await SocketServer.StartAsync(options => options.PongTimeout = TimeSpan.Zero);
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        server.Pass(seconds: 120);

        await server.Executor.StreamsAsync(1);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(SocketClient.Modern)]
    [InlineData(SocketClient.Legacy)]
    public async Task A_connection_that_never_asks_for_anything_is_closed_in_the_end(string subProtocol)
    {
        await using var server = await SocketServer.StartAsync(options =>
        {
            options.PongTimeout = TimeSpan.Zero;
            options.IdleTimeout = TimeSpan.FromSeconds(60);
        });
        using var client = await SocketClient.OpenAsync(server.Address, subProtocol);

        server.Pass(seconds: 59);
        Assert.Equal(1, server.Connections);
        server.Pass(seconds: 1);

        Assert.Equal((1000, "Nothing was asked for a long time."), await client.CloseAsync());
    }

    [Fact]
    public async Task The_time_without_work_begins_when_the_last_operation_ends()
    {
        await using var server = await SocketServer.StartAsync(options =>
        {
            options.PongTimeout = TimeSpan.Zero;
            options.IdleTimeout = TimeSpan.FromSeconds(60);
            // The seconds that pass below must not cut off a client that is just closing.
            options.CloseTimeout = TimeSpan.FromMinutes(1);
        });
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        server.Pass(seconds: 300);
        await client.SendAsync("""{"id":"a","type":"complete"}""");
        await server.Executor.StreamsAsync(0);
        server.Pass(seconds: 58);

        Assert.Equal(1, server.Connections);
        var closed = client.CloseAsync();
        await Waiting.UntilAsync(() =>
        {
            // The operation's end is noted after its stream has gone. No faster than a client reads the goodbye.
            server.Pass(seconds: 1);
            return closed.IsCompleted;
        });
        Assert.Equal(1000, (await closed).Code);
    }

    private static Task<int[]> PingsAsync(SocketClient[] clients) => Task.WhenAll(
        clients.Select(async client => (await client.SyncAsync()).Count(text => text == """{"type":"ping"}""")));
}
