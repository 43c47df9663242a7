using Microsoft.Extensions.Options;
using NewsGraph.IntegrationTests.WebSockets;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Hosting;

/// <summary>Whose address a request has that came through a proxy.</summary>
public sealed class ProxyTests
{
    private const string OneEach = "--GraphQL:Connections:MaxPerAddress=1";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Behind_a_trusted_proxy_each_client_has_its_own_address(string trusted)
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = [OneEach, $"--Proxies:Trusted:0={trusted}"] });
        using var one = await SocketClient.OpenAsync(Socket(gateway), configure: For("192.0.2.1"));
        using var other = await SocketClient.OpenAsync(Socket(gateway), configure: For("192.0.2.2"));

        Assert.Equal(1013, await CodeAsync(gateway, For("192.0.2.2")));
    }

    [Theory]
    [InlineData()]
    [InlineData("--Proxies:Trusted:0=10.0.0.7")]
    public async Task What_another_client_claims_about_its_address_is_not_believed(params string[] settings)
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = [OneEach, .. settings] });
        using var one = await SocketClient.OpenAsync(Socket(gateway), configure: For("192.0.2.1"));

        Assert.Equal(1013, await CodeAsync(gateway, For("192.0.2.2")));
    }

    [Fact]
    public async Task The_own_origin_is_the_one_the_trusted_proxy_names()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--Proxies:Trusted:0=127.0.0.1"] });

        using var page = await SocketClient.OpenAsync(Socket(gateway), configure: options =>
        {
            options.SetRequestHeader("X-Forwarded-Host", "news.example");
            options.SetRequestHeader("Origin", "https://news.example");
        });
    }

    [Fact]
    public async Task What_is_no_address_stops_the_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() =>
            TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--Proxies:Trusted:0=my-proxy"] }));

    private static async Task<int> CodeAsync(TestGateway gateway, Action<System.Net.WebSockets.ClientWebSocketOptions> configure)
    {
        using var client = await SocketClient.ConnectAsync(Socket(gateway), configure: configure);
        return (await client.CloseAsync()).Code;
    }

    private static Uri Socket(TestGateway gateway) => new(gateway.GraphQLUrl.Replace("http:", "ws:", StringComparison.Ordinal));

    private static Action<System.Net.WebSockets.ClientWebSocketOptions> For(string address) =>
        options => options.SetRequestHeader("X-Forwarded-For", address);
}
