using System.Net.WebSockets;
using System.Text;

namespace NewsGraph.IntegrationTests.WebSockets;

public sealed class CloseCodeTests
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Stream = """{"id":"a","type":"subscribe","payload":{"query":"stream"}}""";
    private const string Start = """{"id":"a","type":"start","payload":{"query":"stream"}}""";

    public static TheoryData<string, string[], int, string> Offences() => new()
    {
        { SocketClient.Modern, ["nonsense"], 4400, "The message must be a json object." },
        { SocketClient.Modern, [""], 4400, "The message must be a json object." },
        { SocketClient.Modern, ["[]"], 4400, "The message must be a json object." },
        { SocketClient.Modern, [Init + Init], 4400, "The message must be a json object." },
        { SocketClient.Modern, ["""{"type":"\ud800"}"""], 4400, "The message must be a json object." },
        { SocketClient.Modern, ["""{"id":"\ud800","type":"ping"}"""], 4400, "The message must be a json object." },
        { SocketClient.Modern, ["{}"], 4400, "The type property on the message is mandatory." },
        { SocketClient.Modern, ["""{"type":1}"""], 4400, "The type property on the message is mandatory." },
        { SocketClient.Modern, ["""{"type":"start"}"""], 4400, "Invalid message type." },
        { SocketClient.Modern, [Init, """{"type":"complete"}"""], 4400, "Invalid message type." },
        { SocketClient.Modern, [Init, """{"type":"subscribe","payload":{"query":"hello"}}"""], 4400, "Invalid subscribe message structure." },
        { SocketClient.Modern, [Init, """{"id":"","type":"subscribe","payload":{"query":"hello"}}"""], 4400, "Invalid subscribe message structure." },
        { SocketClient.Modern, [Init, """{"id":"a","type":"subscribe"}"""], 4400, "Invalid subscribe message structure." },
        { SocketClient.Modern, [Init, """{"id":"a","type":"subscribe","payload":{"query":{}}}"""], 4400, "Invalid subscribe message structure." },
        { SocketClient.Modern, [Init, """{"id":"a","type":"subscribe","payload":{"query":"\ud800"}}"""], 4400, "Invalid subscribe message structure." },
        { SocketClient.Modern, [Init, """{"id":"a","type":"subscribe","payload":{"query":"hello","variables":[]}}"""], 4400, "Invalid subscribe message structure." },
        { SocketClient.Modern, [Stream], 4401, "Unauthorized" },
        { SocketClient.Modern, [Init, Stream, Stream], 4409, "The subscription id is not unique." },
        { SocketClient.Modern, [Init, Init], 4429, "Too many initialization requests." },
        { SocketClient.Legacy, ["nonsense"], 1002, "Invalid message type." },
        { SocketClient.Legacy, ["""{"type":"ping"}"""], 1002, "Invalid message type." },
        { SocketClient.Legacy, [Start], 1002, "Invalid message type." },
        { SocketClient.Legacy, [Init, Init], 1002, "Too many initialization requests." },
        { SocketClient.Legacy, [Init, """{"type":"start","id":"a"}"""], 1002, "Invalid subscribe message structure." },
        { SocketClient.Legacy, [Init, Start, Start], 1011, "The subscription id is not unique." },
        { SocketClient.Legacy, [Init, """{"type":"connection_terminate"}"""], 1000, "The client terminated the connection." },
    };

    [Theory]
    [MemberData(nameof(Offences))]
    public async Task Each_offence_has_its_code(string subProtocol, string[] messages, int code, string reason)
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server.Address, subProtocol);

        foreach (var message in messages)
        {
            await client.SendAsync(message);
        }

        Assert.Equal((code, reason), await client.CloseAsync());
        await server.Executor.StreamsAsync(0);
    }

    [Fact]
    public async Task An_id_is_taken_while_its_operation_still_prepares()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SubscribeAsync("a", "slow");
        await client.SubscribeAsync("a", "hello");

        Assert.Equal((4409, "The subscription id is not unique."), await client.CloseAsync());
        server.Executor.Prepared.SetResult();
    }

    [Theory]
    [InlineData(SocketClient.Modern, 4408)]
    [InlineData(SocketClient.Legacy, 1002)]
    public async Task A_client_that_does_not_initialize_in_ten_seconds_is_closed(string subProtocol, int code)
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server.Address, subProtocol);
        await SocketServer.EventuallyAsync(() => server.Connections == 1);

        server.Pass(seconds: 10);

        Assert.Equal((code, "Connection initialization timeout."), await client.CloseAsync());
    }

    [Theory]
    [InlineData("mqtt")]
    [InlineData(null)]
    public async Task An_unknown_sub_protocol_is_a_protocol_error(string? subProtocol)
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await RawSocket.ConnectAsync(server.Address, subProtocol);

        Assert.Equal(1002, await client.ReadCloseCodeAsync());
    }

    [Fact]
    public async Task Binary_is_refused()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SendAsync(Encoding.UTF8.GetBytes(Stream), WebSocketMessageType.Binary);

        Assert.Equal((1003, "Binary messages are not supported."), await client.CloseAsync());
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_even_in_fragments()
    {
        await using var server = await SocketServer.StartAsync(options => options.MaxMessageSize = 4096);
        using var client = await SocketClient.OpenAsync(server.Address);
        var large = new byte[3000];
        large.AsSpan().Fill((byte)' ');

        await client.SendAsync(large, end: false);
        await client.SendAsync(large, end: false);

        Assert.Equal((1009, "The message is too big."), await client.CloseAsync());
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_refused_by_the_WebSocket_standards_own_code()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SendAsync([(byte)'"', 0xC3, 0x28, (byte)'"']);

        Assert.Equal(1007, (await client.CloseAsync()).Code);
    }
}
