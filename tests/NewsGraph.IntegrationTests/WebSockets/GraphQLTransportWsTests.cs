namespace NewsGraph.IntegrationTests.WebSockets;

public sealed class GraphQLTransportWsTests
{
    [Fact]
    public async Task A_query_is_answered_with_next_and_complete()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SubscribeAsync("q", "hello");

        Assert.Equal("""{"type":"next","id":"q","payload":{"data":{"hello":"world"}}}""", await client.ReceiveAsync());
        Assert.Equal("""{"type":"complete","id":"q"}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_refused_operation_gets_its_errors_and_the_socket_stays_open()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SubscribeAsync("q", "nonsense");

        Assert.Equal(
            """{"type":"error","id":"q","payload":[{"message":"Syntax Error","extensions":{"code":"HC0011"}}]}""",
            await client.ReceiveAsync());
        Assert.Empty(await client.SyncAsync());
    }

    [Fact]
    public async Task A_subscription_streams_in_order_until_its_source_ends()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await server.Executor.StreamsAsync(1);

        for (var i = 0; i < 100; i++)
        {
            server.Executor.Publish($$$"""{"data":{"n":{{{i}}}}}""");
        }

        server.Executor.EndStreams();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($$$$"""{"type":"next","id":"a","payload":{"data":{"n":{{{{i}}}}}}}""", await client.ReceiveAsync());
        }

        Assert.Equal("""{"type":"complete","id":"a"}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task Nothing_arrives_after_the_client_completes()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");
        await server.Executor.StreamsAsync(2);

        await client.SendAsync("""{"type":"complete","id":"a"}""");
        await client.SyncAsync();
        server.Executor.Publish("""{"data":{"n":1}}""");

        Assert.Equal("""{"type":"next","id":"b","payload":{"data":{"n":1}}}""", await client.ReceiveAsync());
        Assert.Empty(await client.SyncAsync());
        await server.Executor.StreamsAsync(1);
    }

    [Fact]
    public async Task An_id_can_be_used_again_once_its_operation_has_ended()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        for (var i = 0; i < 50; i++)
        {
            await client.SubscribeAsync("same", "hello");
            Assert.StartsWith("""{"type":"next","id":"same",""", await client.ReceiveAsync(), StringComparison.Ordinal);
            Assert.Equal("""{"type":"complete","id":"same"}""", await client.ReceiveAsync());
        }

        for (var i = 0; i < 50; i++)
        {
            await client.SubscribeAsync("same");
            await client.SendAsync("""{"type":"complete","id":"same"}""");
        }

        Assert.Empty(await client.SyncAsync());
        await server.Executor.StreamsAsync(0);
    }

    [Fact]
    public async Task Pings_are_answered_before_the_acknowledgement_too()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server.Address);

        Assert.Empty(await client.SyncAsync());
        await client.SendAsync("""{"type":"pong","payload":{"any":"thing"}}""");
        Assert.Empty(await client.SyncAsync());
    }

    [Fact]
    public async Task The_server_pings_every_five_seconds_after_the_acknowledgement_only()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.ConnectAsync(server.Address);
        Assert.Empty(await client.SyncAsync());

        server.Pass(seconds: 9);
        await client.SendAsync("""{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.ReceiveAsync());
        Assert.Empty(await client.SyncAsync());

        server.Pass(seconds: 4);
        Assert.Empty(await client.SyncAsync());
        server.Pass(seconds: 1);
        Assert.Equal("""{"type":"ping"}""", await client.ReceiveAsync());
        server.Pass(seconds: 5);
        Assert.Equal("""{"type":"ping"}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_with_a_masked_error()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SubscribeAsync("a", "broken");

        Assert.Equal("""{"type":"next","id":"a","payload":{"data":{"n":1}}}""", await client.ReceiveAsync());
        Assert.Equal("""{"type":"error","id":"a","payload":[{"message":"Unexpected Execution Error"}]}""", await client.ReceiveAsync());
        Assert.Empty(await client.SyncAsync());
    }

    [Fact]
    public async Task Ids_variables_and_names_reach_the_engine_unharmed()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SendAsync(
            """
            {"payload":{"query":"hello","operationName":"Op","variables":{"a":["é",null]},"extensions":{"x":1},"unknown":[]},
             "type":"subscribe", "id":"a\"b\\ü\n"}
            """);

        Assert.Equal("""{"type":"next","id":"a\"b\\ü\n","payload":{"data":{"hello":"world"}}}""", await client.ReceiveAsync());
        var request = server.Executor.LastRequest!;
        Assert.Equal("Op", request.OperationName);
        Assert.Equal("""{"a":["é",null]}""", request.Variables.GetRawText());
        Assert.Equal("""{"x":1}""", request.Extensions.GetRawText());
        Assert.Equal("127.0.0.1", request.RemoteAddress);
    }

    [Fact]
    public async Task Fragments_are_put_together()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);
        var message = """{"id":"ü","type":"subscribe","payload":{"query":"hello"}}"""u8.ToArray();

        // One byte each, so that even the two bytes of the id's letter are apart.
        for (var i = 0; i < message.Length; i++)
        {
            await client.SendAsync([message[i]], end: i == message.Length - 1);
        }

        Assert.Equal("""{"type":"next","id":"ü","payload":{"data":{"hello":"world"}}}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task An_answer_larger_than_the_queue_is_sent_whole()
    {
        await using var server = await SocketServer.StartAsync();
        using var client = await SocketClient.OpenAsync(server.Address);

        await client.SubscribeAsync("q", "large");

        Assert.Equal(3_000_000 + """{"type":"next","id":"q","payload":{"data":{"text":""}}}""".Length, (await client.ReceiveAsync()).Length);
        Assert.Equal("""{"type":"complete","id":"q"}""", await client.ReceiveAsync());
    }

    [Fact]
    public async Task More_operations_than_allowed_are_refused_one_by_one()
    {
        await using var server = await SocketServer.StartAsync(options => options.MaxOperationsPerConnection = 2);
        using var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");

        await client.SubscribeAsync("c");

        Assert.Equal(
            """{"type":"error","id":"c","payload":[{"message":"Too many operations run on this connection.","extensions":{"code":"TOO_MANY_OPERATIONS"}}]}""",
            await client.ReceiveAsync());
        await server.Executor.StreamsAsync(2);
        await client.SendAsync("""{"type":"complete","id":"a"}""");
        await server.Executor.StreamsAsync(1);
        await client.SubscribeAsync("c");
        await server.Executor.StreamsAsync(2);
    }
}
