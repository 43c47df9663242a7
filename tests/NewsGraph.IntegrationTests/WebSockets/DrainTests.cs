using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Transports.Connections;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>A node that goes away sends its sockets to the others.</summary>
public sealed class DrainTests
{
    [Theory]
    [InlineData(SocketClient.Modern)]
    [InlineData(SocketClient.Legacy)]
    public async Task A_stopping_node_tells_its_clients_when_to_come_back(string subProtocol)
    {
        await using var server = await StartAsync(shutdown => shutdown.ReconnectWindow = TimeSpan.FromSeconds(2));
        using var client = await SocketClient.OpenAsync(server.Address, subProtocol);
        await client.SendAsync(
            subProtocol == SocketClient.Modern
                ? """{"id":"a","type":"subscribe","payload":{"query":"stream"}}"""
                : """{"id":"a","type":"start","payload":{"query":"stream"}}""");
        await server.Executor.StreamsAsync(1);

        var stopping = server.App.StopAsync(TestContext.Current.CancellationToken);
        var (code, reason) = await client.CloseAsync();

        Assert.Equal(1012, code);
        Assert.InRange(WaitOf(reason), 0, 2000);
        await server.Executor.StreamsAsync(0);
        await client.AnswerCloseAsync();
        await stopping.WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_accepted_for_a_client_is_sent_before_the_close_frame()
    {
        await using var server = await StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        for (var i = 0; i < 200; i++)
        {
            server.Executor.Publish($$$"""{"data":{"n":{{{i}}}}}""");
        }

        _ = server.App.StopAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal($$$$"""{"type":"next","id":"a","payload":{"data":{"n":{{{{i}}}}}}}""", await client.ReceiveAsync());
        }

        // Without `complete`: the subscription is not over, only this connection is.
        Assert.Equal(1012, (await client.CloseAsync()).Code);
    }

    [Fact]
    public async Task An_answer_that_is_under_way_is_waited_for_and_nothing_new_begins()
    {
        await using var server = await StartAsync();
        using var busy = await SocketClient.OpenAsync(server.Address);
        using var idle = await SocketClient.OpenAsync(server.Address);
        await busy.SubscribeAsync("q", "late");
        await busy.SyncAsync();

        _ = server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1012, (await idle.CloseAsync()).Code);
        await busy.SubscribeAsync("b");
        Assert.Empty(await busy.SyncAsync());
        using var late = await SocketClient.ConnectAsync(server.Address);
        var (code, reason) = await late.CloseAsync();
        server.Executor.Prepared.SetResult();

        Assert.Equal("""{"type":"next","id":"q","payload":{"data":{"hello":"at last"}}}""", await busy.ReceiveAsync());
        Assert.Equal("""{"type":"complete","id":"q"}""", await busy.ReceiveAsync());
        Assert.Equal(1012, (await busy.CloseAsync()).Code);
        await server.Executor.StreamsAsync(0);
        Assert.Equal(1012, code);
        Assert.InRange(WaitOf(reason), 0, 5000);
    }

    [Fact]
    public async Task What_is_not_done_in_time_is_cut()
    {
        await using var server = await StartAsync(shutdown => shutdown.Timeout = TimeSpan.FromSeconds(10));
        using var busy = await SocketClient.OpenAsync(server.Address);
        using var idle = await SocketClient.OpenAsync(server.Address);
        await busy.SubscribeAsync("q", "late");
        await busy.SyncAsync();

        var stopping = server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1012, (await idle.CloseAsync()).Code);
        await idle.AnswerCloseAsync();
        Assert.Equal(1, server.Connections);
        server.Pass(seconds: 10);

        await stopping.WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Only_so_many_are_being_closed_at_a_time()
    {
        await using var server = await StartAsync(shutdown => shutdown.MaxClosing = 1);
        using var one = await RawSocket.ConnectAsync(server.Address, SocketClient.Modern);
        using var other = await RawSocket.ConnectAsync(server.Address, SocketClient.Modern);
        await SocketServer.EventuallyAsync(() => server.Connections == 2);

        _ = server.App.StopAsync(TestContext.Current.CancellationToken);
        Task<int>[] codes = [one.ReadCloseCodeAsync(), other.ReadCloseCodeAsync()];
        var first = await Task.WhenAny(codes);
        var second = codes.Single(code => code != first);

        // The first does not answer, so its place is free only when it is cut off.
        Assert.False(second.IsCompleted);
        Assert.Equal(2, server.Connections);
        server.Pass(seconds: 5);
        var both = await Task.WhenAll(codes).WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);
        Assert.All(both, code => Assert.Equal(1012, code));
    }

    [Fact]
    public async Task During_the_delay_the_node_serves_on_and_only_says_that_it_is_not_ready()
    {
        await using var server = await StartAsync(shutdown => shutdown.DrainDelay = TimeSpan.FromSeconds(10));
        var draining = server.App.Services.GetRequiredService<Draining>();
        using var old = await SocketClient.OpenAsync(server.Address);
        Assert.False(draining.IsAnnounced);

        _ = server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(draining.IsAnnounced);
        Assert.False(draining.HasBegun);
        using var late = await SocketClient.OpenAsync(server.Address);
        await late.SubscribeAsync("q", "hello");
        Assert.StartsWith("""{"type":"next","id":"q",""", await late.ReceiveAsync(), StringComparison.Ordinal);
        server.Pass(seconds: 10);

        Assert.Equal(1012, (await old.CloseAsync()).Code);
        Assert.Equal(1012, (await late.CloseAsync()).Code);
    }

    private static Task<SocketServer> StartAsync(Action<ShutdownOptions>? shutdown = null) =>
        SocketServer.StartAsync(services: services => services.Configure(shutdown ?? (_ => { })));

    private static int WaitOf(string? reason)
    {
        Assert.Matches("^Reconnect in [0-9]+ ms$", reason);
        return int.Parse(reason!.Split(' ')[2], CultureInfo.InvariantCulture);
    }
}
