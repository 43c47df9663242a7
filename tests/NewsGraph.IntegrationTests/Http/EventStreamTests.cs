using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>Server-sent events over a real connection.</summary>
public sealed class EventStreamTests
{
    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("*/*")]
    public async Task A_subscription_streams_its_events_and_completes(string accept)
    {
        await using var server = await SampleServer.StartAsync();

        var answer = await server.PostAsync("{\"query\":\"subscription { countTo(limit: 2) }\"}", accept);

        Assert.Equal("text/event-stream; charset=utf-8", answer.ContentType);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal(
            "event: next\ndata: {\"data\":{\"countTo\":1}}\n\nevent: next\ndata: {\"data\":{\"countTo\":2}}\n\nevent: complete\n\n",
            answer.Body);
    }

    [Fact]
    public async Task A_subscription_streams_lines_to_who_asks_for_them()
    {
        await using var server = await SampleServer.StartAsync();

        var answer = await server.PostAsync("{\"query\":\"subscription { countTo(limit: 2) }\"}", "application/jsonl");

        Assert.Equal("{\"data\":{\"countTo\":1}}\n{\"data\":{\"countTo\":2}}\n", answer.Body);
    }

    [Fact]
    public async Task An_EventSource_resumes_by_GET_with_the_id_of_its_last_event()
    {
        await using var server = await SampleServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=" + WebUtility.UrlEncode("subscription{resumedAfter}"));
        request.Headers.Add("Last-Event-ID", "p41");

        var answer = await server.SendAsync(request, "text/event-stream");

        Assert.Contains("data: {\"data\":{\"resumedAfter\":\"p41\"}}\n\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_the_operation_comes_as_an_event()
    {
        await using var server = await SampleServer.StartAsync();

        var answer = await server.PostAsync("{\"query\":\"subscription { unknown }\"}", "text/event-stream");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("event: next\ndata: {\"errors\":", answer.Body, StringComparison.Ordinal);
        Assert.EndsWith("\n\nevent: complete\n\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_carries_its_id_silence_is_filled_and_a_reader_that_leaves_ends_the_source()
    {
        var time = new FakeTimeProvider();
        await using var server = await SampleServer.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent("{\"query\":\"subscription { ticks }\"}", null, "application/json"),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        var cancellation = TestContext.Current.CancellationToken;
        using (var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
            await server.Events.FirstSubscriber.WaitAsync(SampleServer.Limit, cancellation);
            server.Events.Publish(new Tick(5, "p5"));

            Assert.Equal("event: next", await LineAsync(reader));
            Assert.Equal("id: p5", await LineAsync(reader));
            Assert.Equal("data: {\"data\":{\"ticks\":5}}", await LineAsync(reader));
            Assert.Equal("", await LineAsync(reader));

            var comment = LineAsync(reader);
            await AdvanceUntilAsync(time, comment);
            Assert.Equal(":", await comment);
        }

        await UntilAsync(() => server.Events.Subscribers == 0);
    }

    private static async Task<string?> LineAsync(StreamReader reader) =>
        await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(SampleServer.Limit);

    // The server starts its timer on its own thread, so one advance might come too early.
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task awaited)
    {
        using var limit = new CancellationTokenSource(SampleServer.Limit);
        while (!awaited.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(12));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(SampleServer.Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }
}
