using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsGraph.Transports.Http;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>Which pages may open a WebSocket; browsers leave that decision to the server.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("not an origin")]
    public async Task A_page_of_another_origin_cannot_connect(string origin)
    {
        await using var server = await SocketServer.StartAsync();

        var refusal = await RefusedSocket.ConnectAsync(server.Address, options => options.SetRequestHeader("Origin", origin));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Pages_of_the_own_origin_and_clients_that_are_no_pages_connect()
    {
        await using var server = await SocketServer.StartAsync();

        using var page = await SocketClient.OpenAsync(
            server.Address, configure: options => options.SetRequestHeader("Origin", $"http://{server.Address.Authority}"));
        using var program = await SocketClient.OpenAsync(server.Address);
    }

    [Fact]
    public async Task The_own_origin_is_told_by_its_host_since_a_proxy_may_end_TLS()
    {
        await using var server = await SocketServer.StartAsync();

        using var page = await SocketClient.OpenAsync(server.Address, configure: options =>
        {
            options.SetRequestHeader("Host", "news.example");
            options.SetRequestHeader("Origin", "https://news.example");
        });
    }

    [Theory]
    [InlineData("https://news.example")]
    [InlineData("*")]
    public async Task A_page_of_an_origin_that_is_listed_connects(string listed)
    {
        await using var server = await SocketServer.StartAsync(services: services => services.Configure<GraphQLCorsOptions>(cors => cors.AllowedOrigins.Add(listed)));

        using var page = await SocketClient.OpenAsync(
            server.Address, configure: options => options.SetRequestHeader("Origin", "https://news.example"));
    }

    [Theory]
    [InlineData("https://news.example/")]
    [InlineData("news.example")]
    [InlineData("https://news.example/live")]
    [InlineData("")]
    public async Task What_is_no_origin_stops_the_start(string listed)
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => SocketServer.StartAsync(
            services: services => services.Configure<GraphQLCorsOptions>(cors => cors.AllowedOrigins.Add(listed))));
    }
}
