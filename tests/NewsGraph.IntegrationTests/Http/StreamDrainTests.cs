using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using NewsGraph.IntegrationTests.WebSockets;
using NewsGraph.Transports.Connections;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>A node that goes away ends its streams so that their readers come back.</summary>
public sealed class StreamDrainTests
{
    [Fact]
    public async Task Every_stream_ends_with_a_time_to_come_back_and_without_complete()
    {
        await using var server = await StartAsync(shutdown => shutdown.ReconnectWindow = TimeSpan.FromSeconds(100));
        var streams = new List<StreamReader>();
        for (var i = 0; i < 50; i++)
        {
            streams.Add(await OpenAsync(server));
        }

        await Executor(server).StreamsAsync(50);
        var stopping = server.StopAsync();
        var ends = new HashSet<string>();
        foreach (var stream in streams)
        {
            var rest = await stream.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(SampleServer.Limit, TestContext.Current.CancellationToken);
            Assert.Matches("^retry: [1-9][0-9]{3,}\n\n$", rest);
            ends.Add(rest);
        }

        await stopping.WaitAsync(SampleServer.Limit, TestContext.Current.CancellationToken);
        Assert.InRange(ends.Count, 40, 50);
    }

    [Fact]
    public async Task What_was_accepted_for_a_reader_is_sent_before_the_end()
    {
        await using var server = await StartAsync();
        using var stream = await OpenAsync(server);
        await Executor(server).StreamsAsync(1);
        for (var i = 0; i < 200; i++)
        {
            Executor(server).Publish($$"""{"n":{{i}}}""");
        }

        _ = server.StopAsync();
        var rest = await stream.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(SampleServer.Limit, TestContext.Current.CancellationToken);

        var expected = string.Concat(Enumerable.Range(0, 200).Select(i => $$"""event: next{{"\n"}}data: {"n":{{i}}}{{"\n\n"}}"""));
        Assert.StartsWith(expected, rest, StringComparison.Ordinal);
        Assert.Matches("^retry: [0-9]+\n\n$", rest[expected.Length..]);
    }

    [Fact]
    public async Task A_stream_of_lines_just_ends()
    {
        await using var server = await StartAsync();
        using var stream = await OpenAsync(server, "application/jsonl");
        await Executor(server).StreamsAsync(1);

        _ = server.StopAsync();

        Assert.Empty(await stream.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(SampleServer.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_answer_under_way_is_finished_as_a_stream_too()
    {
        await using var server = await StartAsync();
        var answer = server.PostAsync("""{"query":"late"}""", "text/event-stream");
        await SocketServer.EventuallyAsync(() => Executor(server).LastRequest is not null);

        await server.Services.GetRequiredService<Draining>().BeginAsync();
        Executor(server).Prepared.SetResult();

        Assert.Equal(
            "event: next\ndata: {\"data\":{\"hello\":\"at last\"}}\n\nevent: complete\n\n",
            (await answer).Body);
    }

    [Theory]
    [InlineData("application/graphql-response+json")]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_new_operation_is_refused_with_the_time_to_come_back(string accept)
    {
        await using var server = await StartAsync();
        await server.Services.GetRequiredService<Draining>().BeginAsync();

        var answer = await server.PostAsync("""{"query":"hello"}""", accept);

        Assert.Equal(503, answer.Status);
        Assert.Contains("\"code\":\"SHUTTING_DOWN\"", answer.Body, StringComparison.Ordinal);
        Assert.InRange((int)answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
    }

    [Fact]
    public async Task An_EventSource_is_sent_away_with_status_200_since_it_takes_any_other_for_the_end_of_all()
    {
        await using var server = await StartAsync();
        await server.Services.GetRequiredService<Draining>().BeginAsync();

        var answer = await server.GetAsync("/graphql?query=stream", "text/event-stream");

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/event-stream; charset=utf-8", answer.ContentType);
        Assert.Matches("^retry: [0-9]+\n\n$", answer.Body);
    }

    [Fact]
    public async Task Streams_and_sockets_of_one_address_count_together()
    {
        await using var server = await SampleServer.StartAsync(services =>
        {
            services.AddSingleton<IOperationExecutor, ScriptedExecutor>();
            services.Configure<ConnectionLimitsOptions>(limits => limits.MaxPerAddress = 2);
        });
        var sockets = new Uri($"ws://{server.Address.Authority}/graphql");
        using var socket = await SocketClient.OpenAsync(sockets);
        using (var stream = await OpenAsync(server))
        {
            await Executor(server).StreamsAsync(1);

            var posted = await server.PostAsync("""{"query":"stream"}""", "text/event-stream");
            var source = await server.GetAsync("/graphql?query=stream", "text/event-stream");
            var query = await server.PostAsync("""{"query":"hello"}""");
            using var second = await SocketClient.ConnectAsync(sockets);

            Assert.Equal(429, posted.Status);
            Assert.Contains("\"code\":\"TOO_MANY_CONNECTIONS\"", posted.Body, StringComparison.Ordinal);
            Assert.InRange((int)posted.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 5, 15);
            Assert.Matches("^retry: [0-9]+\n\n$", source.Body);
            Assert.Equal(200, query.Status);
            Assert.Equal(1013, (await second.CloseAsync()).Code);
        }

        await Executor(server).StreamsAsync(0);
    }

    private static ScriptedExecutor Executor(SampleServer server) => (ScriptedExecutor)server.Services.GetRequiredService<IOperationExecutor>();

    private static Task<SampleServer> StartAsync(Action<ShutdownOptions>? shutdown = null) => SampleServer.StartAsync(services =>
    {
        services.AddSingleton<IOperationExecutor, ScriptedExecutor>();
        services.Configure(shutdown ?? (_ => { }));
    });

    private static async Task<StreamReader> OpenAsync(SampleServer server, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent("""{"query":"stream"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }
}
