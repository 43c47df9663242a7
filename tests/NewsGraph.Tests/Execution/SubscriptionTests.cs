using System.Text;
using NewsGraph.Engine.Execution;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Execution;

public sealed class SubscriptionTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly SampleExecution _sample = new();

    [Fact]
    public async Task Events_come_in_order_and_the_stream_ends_with_its_source()
    {
        var result = await _sample.RunAsync("subscription { countTo(limit: 3) }");

        var texts = new List<string>();
        await foreach (var item in result.Events!.WithCancellation(TestContext.Current.CancellationToken))
        {
            texts.Add(Encoding.UTF8.GetString(item.Json.Span));
        }

        Assert.Equal(
            ["""{"data":{"countTo":1}}""", """{"data":{"countTo":2}}""", """{"data":{"countTo":3}}"""], texts);
    }

    [Fact]
    public async Task An_event_carries_the_position_to_resume_after()
    {
        await using var events = await SubscribeAsync("subscription { ticks }");
        var next = events.MoveNextAsync();
        _sample.Events.Publish(new Tick(7, "position-7"));

        Assert.True(await next.AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal("position-7", events.Current.Id);
    }

    [Fact]
    public async Task Disposal_ends_the_source_while_it_waits()
    {
        var events = await SubscribeAsync("subscription { ticks }");
        var waiting = events.MoveNextAsync().AsTask();
        Assert.Equal(1, _sample.Events.Subscribers);

        await events.DisposeAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.False(await waiting.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(0, _sample.Events.Subscribers);
    }

    [Fact]
    public async Task A_refused_subscription_is_a_finished_result_without_data()
    {
        var result = await _sample.RunAsync("subscription { refused }");

        Assert.Null(result.Events);
        Assert.False(result.Executed);
        Assert.Contains("Not today.", Encoding.UTF8.GetString(result.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_breaks_sends_a_masked_error_and_ends()
    {
        await using var events = await SubscribeAsync("subscription { ticks }");
        var next = events.MoveNextAsync();
        _sample.Events.Complete(new InvalidOperationException("The secret of the server."));

        Assert.True(await next.AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken));
        var text = Encoding.UTF8.GetString(events.Current.Json.Span);
        Assert.Contains("Unexpected Execution Error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task The_source_knows_where_to_resume()
    {
        var result = await _sample.Executor.ExecuteAsync(
            new OperationRequest { Query = "subscription { resumedAfter }", ResumeAfter = "p9" }, CancellationToken.None);

        await using var events = result.Events!.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("""{"data":{"resumedAfter":"p9"}}""", Encoding.UTF8.GetString(events.Current.Json.Span));
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    private async Task<IAsyncEnumerator<SubscriptionEvent>> SubscribeAsync(string query)
    {
        var result = await _sample.RunAsync(query);
        return result.Events!.GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }
}
