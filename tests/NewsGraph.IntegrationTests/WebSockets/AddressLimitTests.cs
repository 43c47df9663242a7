using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Transports.Connections;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>What one address may take.</summary>
public sealed class AddressLimitTests
{
    [Fact]
    public async Task More_connections_than_one_address_may_hold_are_refused_until_one_ends()
    {
        await using var server = await StartAsync(limits => limits.MaxPerAddress = 2);
        using var first = await SocketClient.OpenAsync(server.Address);
        using (var second = await SocketClient.OpenAsync(server.Address))
        {
            using var refused = await SocketClient.ConnectAsync(server.Address);
            var (code, reason) = await refused.CloseAsync();

            Assert.Equal(1013, code);
            Assert.InRange(WaitOf(reason, "Too many connections."), 5_000, 15_000);
        }

        using var third = await OpenEventuallyAsync(server);
    }

    [Fact]
    public async Task Those_that_do_not_go_away_when_they_are_told_are_not_let_in_any_more()
    {
        await using var server = await StartAsync(limits => limits.MaxPerAddress = 1);
        using var first = await SocketClient.OpenAsync(server.Address);
        var deaf = new List<RawSocket>();
        for (var i = 0; i < 16; i++)
        {
            deaf.Add(await RawSocket.ConnectAsync(server.Address, SocketClient.Modern));
        }

        var refusal = await RefusedSocket.ConnectAsync(server.Address);

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.Status);
        Assert.InRange(refusal.RetryAfter!.Value, 5, 15);
        deaf.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task One_address_that_is_full_hinders_no_other()
    {
        await using var server = await StartAsync(limits => limits.MaxPerAddress = 1, AddressByHeader);
        using var one = await SocketClient.OpenAsync(server.Address, configure: From("192.0.2.1"));
        using var other = await SocketClient.OpenAsync(server.Address, configure: From("192.0.2.2"));

        Assert.Equal(1013, await CodeAsync(server, From("192.0.2.1")));
    }

    [Fact]
    public async Task A_network_of_64_bits_counts_as_one_address_and_a_mapped_address_as_itself()
    {
        await using var server = await StartAsync(limits => limits.MaxPerAddress = 1, AddressByHeader);
        using var one = await SocketClient.OpenAsync(server.Address, configure: From("2001:db8:1:2::1"));
        using var other = await SocketClient.OpenAsync(server.Address, configure: From("2001:db8:1:3::1"));
        using var plain = await SocketClient.OpenAsync(server.Address, configure: From("192.0.2.1"));

        Assert.Equal(1013, await CodeAsync(server, From("2001:db8:1:2:ffff::9")));
        Assert.Equal(1013, await CodeAsync(server, From("::ffff:192.0.2.1")));
    }

    [Theory]
    [InlineData(SocketClient.Modern)]
    [InlineData(SocketClient.Legacy)]
    public async Task An_address_that_initializes_too_often_is_told_when_to_come_back(string subProtocol)
    {
        await using var server = await StartAsync(limits => limits.MaxInitsPerMinute = 6);
        for (var i = 0; i < 6; i++)
        {
            using var client = await SocketClient.OpenAsync(server.Address, subProtocol);
        }

        using var refused = await SocketClient.ConnectAsync(server.Address, subProtocol);
        await refused.SendAsync("""{"type":"connection_init"}""");
        var (code, reason) = await refused.CloseAsync();

        // A sixth of a minute brings the next one, and those who wait are spread over five seconds.
        Assert.Equal(1013, code);
        Assert.InRange(WaitOf(reason, "Too many initializations."), 10_000, 15_000);
        server.Pass(seconds: 10);
        using var later = await SocketClient.OpenAsync(server.Address, subProtocol);
    }

    [Fact]
    public async Task Addresses_without_connections_are_forgotten()
    {
        await using var server = await StartAsync(limits => limits.MaxPerAddress = 1, AddressByHeader);
        var addresses = server.App.Services.GetRequiredService<AddressLimits>();
        var held = addresses.TryOpen(IPAddress.Parse("198.51.100.1"))!;
        for (var i = 0; i < 10_000; i++)
        {
            addresses.TryOpen(new IPAddress(i + 1))!.Dispose();
            server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(addresses.Count, 1, 1024);
        Assert.Null(addresses.TryOpen(IPAddress.Parse("198.51.100.1")));
        held.Dispose();
        held.Dispose();
        Assert.NotNull(addresses.TryOpen(IPAddress.Parse("198.51.100.1")));
        Assert.Null(addresses.TryOpen(IPAddress.Parse("198.51.100.1")));
    }

    private static int WaitOf(string? reason, string why)
    {
        Assert.Matches($"^{why} Reconnect in [0-9]+ ms$", reason);
        return int.Parse(reason!.Split(' ')[^2], null);
    }

    private static async Task<int> CodeAsync(SocketServer server, Action<System.Net.WebSockets.ClientWebSocketOptions> configure)
    {
        using var client = await SocketClient.ConnectAsync(server.Address, configure: configure);
        return (await client.CloseAsync()).Code;
    }

    private static Task<SocketServer> StartAsync(Action<ConnectionLimitsOptions> limits, Action<WebApplication>? pipeline = null) =>
        SocketServer.StartAsync(services: services => services.Configure(limits), pipeline: pipeline);

    private static void AddressByHeader(WebApplication app) => app.Use((context, next) =>
    {
        context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-From"].ToString());
        return next(context);
    });

    private static Action<System.Net.WebSockets.ClientWebSocketOptions> From(string address) => options => options.SetRequestHeader("X-From", address);

    // The place is given back after the connection has left the registry.
    private static async Task<SocketClient> OpenEventuallyAsync(SocketServer server)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < SocketClient.Patience)
        {
            var client = await SocketClient.ConnectAsync(server.Address);
            await client.SendAsync("""{"type":"connection_init"}""");
            if (await client.ReceiveAsync() == """{"type":"connection_ack"}""")
            {
                return client;
            }

            client.Dispose();
        }

        throw new TimeoutException("The address stayed full.");
    }
}
