using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.IntegrationTests.WebSockets;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_slow_reader_is_closed_and_hinders_nobody()
    {
        await using var server = await SocketServer.StartAsync();
        using var slow = await SocketClient.OpenAsync(server.Address);
        using var quick = await SocketClient.OpenAsync(server.Address);
        await slow.SubscribeAsync("a");
        await quick.SubscribeAsync("a");
        await server.Executor.StreamsAsync(2);
        var large = JsonSerializer.SerializeToUtf8Bytes(new { data = new string('x', 200_000) });

        // More than the network's own buffers take; the quick reader keeps up, so only the slow one's queue fills.
        for (var i = 0; i < 100; i++)
        {
            server.Executor.Publish(large);
            Assert.StartsWith("""{"type":"next","id":"a",""", await quick.ReceiveAsync(), StringComparison.Ordinal);
        }

        await server.Executor.StreamsAsync(1);
        Assert.Empty(await quick.SyncAsync());
        Assert.Equal((4290, "The client reads too slowly."), await slow.CloseAsync());
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_cut_off_when_it_cannot_be_closed()
    {
        await using var server = await SocketServer.StartAsync();
        using var stuck = await RawSocket.ConnectAsync(server.Address, SocketClient.Modern);
        await stuck.SendAsync("""{"type":"connection_init"}""");
        await stuck.SendAsync("""{"id":"a","type":"subscribe","payload":{"query":"stream"}}""");
        await server.Executor.StreamsAsync(1);
        var large = JsonSerializer.SerializeToUtf8Bytes(new { data = new string('x', 200_000) });
        for (var i = 0; i < 200; i++)
        {
            server.Executor.Publish(large);
        }

        await server.Executor.StreamsAsync(0);
        await SocketServer.EventuallyAsync(() =>
        {
            server.Pass(seconds: 1);
            return server.Connections == 0;
        });
    }

    [Fact]
    public async Task A_client_that_vanishes_ends_its_subscriptions_at_once()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b", "slow");
        await server.Executor.StreamsAsync(1);

        client.Socket.Abort();

        await server.Executor.StreamsAsync(0);
    }

    [Fact]
    public async Task A_client_that_closes_is_answered()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        await client.Socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, "bye", TestContext.Current.CancellationToken);

        Assert.Equal(1000, (await client.CloseAsync()).Code);
        await server.Executor.StreamsAsync(0);
    }

    [Fact]
    public async Task The_user_of_the_upgrade_request_runs_the_operations()
    {
        await using var server = await SocketServer.StartAsync(pipeline: app => app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, context.Request.Headers["X-Name"].ToString())], "test"));
            return next(context);
        }));
        using var client = await SocketClient.OpenAsync(server.Address, configure: options => options.SetRequestHeader("X-Name", "Ada"));

        await client.SubscribeAsync("q", "whoami");

        Assert.Equal("""{"type":"next","id":"q","payload":{"data":{"name":"Ada"}}}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task An_init_handler_lets_in_by_token_and_names_the_user()
    {
        await using var server = await SocketServer.StartAsync(services: services => services.AddSingleton<IConnectionInitHandler, TokenHandler>());
        using var client = await SocketClient.ConnectAsync(server.Address);

        await client.SendAsync("""{"type":"connection_init","payload":{"token":"good"}}""");
        Assert.Equal("""{"type":"connection_ack","payload":{"hello":"Eve"}}""", await client.ReceiveAsync());
        await client.SubscribeAsync("q", "whoami");
        Assert.Equal("""{"type":"next","id":"q","payload":{"data":{"name":"Eve"}}}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task An_init_handler_turns_away_in_the_words_of_each_sub_protocol()
    {
        await using var server = await SocketServer.StartAsync(services: services => services.AddSingleton<IConnectionInitHandler, TokenHandler>());
        using var modern = await SocketClient.ConnectAsync(server.Address);
        using var legacy = await SocketClient.ConnectAsync(server.Address, SocketClient.Legacy);

        await modern.SendAsync("""{"type":"connection_init"}""");
        Assert.Equal((4401, "Connection refused."), await modern.CloseAsync());

        await legacy.SendAsync("""{"type":"connection_init","payload":{"token":"bad"}}""");
        Assert.Equal("""{"type":"connection_error","payload":{"message":"No such token.","extensions":null}}""", await legacy.ReceiveAsync());
        Assert.Equal(1000, (await legacy.CloseAsync()).Code);
    }

    [Fact]
    public async Task A_defect_in_the_init_handler_closes_one_connection_only()
    {
        await using var server = await SocketServer.StartAsync(services: services => services.AddSingleton<IConnectionInitHandler, TokenHandler>());
        using var client = await SocketClient.ConnectAsync(server.Address);
        using var other = await SocketClient.ConnectAsync(server.Address);

        await client.SendAsync("""{"type":"connection_init","payload":{"token":1}}""");

        Assert.Equal((1011, "Unexpected Error"), await client.CloseAsync());
        Assert.Empty(await other.SyncAsync());
    }

    [Fact]
    public async Task Limits_out_of_range_stop_the_start()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => SocketServer.StartAsync(options => options.MaxQueuedMessages = 0));
        await Assert.ThrowsAsync<OptionsValidationException>(() => SocketServer.StartAsync(options => options.InitTimeout = TimeSpan.Zero));
    }

    private sealed class TokenHandler : IConnectionInitHandler
    {
        public ValueTask<ConnectionInitResult> HandleAsync(HttpContext context, JsonElement payload, CancellationToken cancellationToken)
        {
            var token = payload.ValueKind == JsonValueKind.Undefined ? null : payload.GetProperty("token").GetString();
            return ValueTask.FromResult(token == "good"
                ? ConnectionInitResult.Accept(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "Eve")], "token")),
                    """{"hello":"Eve"}"""u8.ToArray())
                : ConnectionInitResult.Refuse("No such token."));
        }
    }
}
