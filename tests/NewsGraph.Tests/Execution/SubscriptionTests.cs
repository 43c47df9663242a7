using System.Text;
using NewsGraph.Engine.Execution;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Execution;

public sealed class SubscriptionTests : IAsyncDisposable
{
    private readonly SampleExecution _sample = new();

    [Fact]
    public async Task Events_come_in_order_and_the_stream_ends_with_its_source()
    {
        var result = await _sample.RunAsync("subscription { countTo(limit: 3) }");

        await using var reader = new SubscriptionReader(result.Subscription!);
        Assert.Equal("""{"data":{"countTo":1}}""", await reader.TextAsync());
        Assert.Equal("""{"data":{"countTo":2}}""", await reader.TextAsync());
        Assert.Equal("""{"data":{"countTo":3}}""", await reader.TextAsync());
        Assert.Null(await reader.TextAsync());
    }

    [Fact]
    public async Task An_event_carries_the_position_to_resume_after()
    {
        await using var reader = await SubscribeAsync("subscription { ticks }");
        _sample.Events.Publish(new Tick(7, "position-7"));

        Assert.Equal("position-7", (await reader.NextAsync())?.Id);
    }

    [Fact]
    public async Task A_reader_that_goes_ends_the_source_while_it_waits()
    {
        var reader = await SubscribeAsync("subscription { ticks }");
        var waiting = reader.NextAsync();
        Assert.Equal(1, _sample.Events.Subscribers);

        await reader.DisposeAsync();

        Assert.Null(await waiting);
        Assert.Equal(0, _sample.Events.Subscribers);
    }

    [Fact]
    public async Task The_next_event_is_fetched_when_the_reader_has_room()
    {
        var result = await _sample.RunAsync("subscription { countTo(limit: 1000000) }");
        await using var reader = new SubscriptionReader(result.Subscription!, room: 3);

        await reader.FullAsync();
        Assert.Equal(3, reader.Queued);
        Assert.Equal("""{"data":{"countTo":1}}""", await reader.TextAsync());
        await reader.FullAsync();
        Assert.Equal(3, reader.Queued);
        Assert.Equal("""{"data":{"countTo":2}}""", await reader.TextAsync());
    }

    [Fact]
    public async Task A_refused_subscription_is_a_finished_result_without_data()
    {
        var result = await _sample.RunAsync("subscription { refused }");

        Assert.Null(result.Subscription);
        Assert.False(result.Executed);
        Assert.Contains("Not today.", Encoding.UTF8.GetString(result.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_breaks_sends_a_masked_error_and_ends()
    {
        await using var reader = await SubscribeAsync("subscription { ticks }");
        _sample.Events.Complete(new InvalidOperationException("The secret of the server."));

        var text = await reader.TextAsync();
        Assert.Contains("Unexpected Execution Error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Null(await reader.TextAsync());
    }

    [Fact]
    public async Task The_source_knows_where_to_resume()
    {
        var result = await _sample.Executor.ExecuteAsync(
            new OperationRequest { Query = "subscription { resumedAfter }", ResumeAfter = "p9" }, CancellationToken.None);

        await using var reader = new SubscriptionReader(result.Subscription!);
        Assert.Equal("""{"data":{"resumedAfter":"p9"}}""", await reader.TextAsync());
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    private async Task<SubscriptionReader> SubscribeAsync(string query)
    {
        var reader = new SubscriptionReader((await _sample.RunAsync(query)).Subscription!);
        await _sample.Events.FirstSubscriber.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
        return reader;
    }
}
