using NewsGraph.Engine.Execution;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Execution.Groups;

/// <summary>Replays for readers whose queues fill and drain while a page is under way.</summary>
public sealed class PacedReplayTests : IAsyncDisposable
{
    private const string Numbers = "subscription($after: Int) { numbers(after: $after) { number } }";

    private readonly SampleExecution _sample = new(subscriptions: options => (options.KeptEvents, options.ReplayPageSize) = (8, 5));

    [Fact]
    public async Task Who_has_room_again_in_the_middle_of_a_page_skips_nothing()
    {
        const int Events = 400;
        _sample.Source.AppendMany(Events);
        const string Late = "subscription($after: Int) { numbers(after: $after) { late } }";
        var begin = new TaskCompletionSource();
        _sample.Source.ReadGate = begin.Task;
        var wavering = new WaveringSink(last: "p" + Events);
        await using var steady = await _sample.SubscribeAsync(Late, new { after = 0 });
        await using var subscription = (await _sample.RunAsync(Late, new { after = 0 })).Subscription!;
        using var stop = new CancellationTokenSource();
        var running = subscription.RunAsync(wavering, stop.Token);

        begin.SetResult();
        await wavering.Complete.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;

        Assert.Equal(Enumerable.Range(1, Events).Select(number => "p" + number), wavering.Ids);
    }

    [Fact]
    public async Task Many_who_have_room_by_turns_cost_one_execution_an_event_and_one_reading_a_page()
    {
        const int Events = 400;
        _sample.Source.AppendMany(Events);
        using var counts = _sample.CountSubscriptions();
        var sinks = Enumerable.Range(0, 20).Select(_ => new WaveringSink(last: "p" + Events)).ToList();
        using var stop = new CancellationTokenSource();
        var running = await Task.WhenAll(sinks.Select(async sink =>
        {
            var subscription = (await _sample.RunAsync(Numbers, new { after = 0 })).Subscription!;
            return (Run: subscription.RunAsync(sink, stop.Token), subscription);
        }));

        await Task.WhenAll(sinks.Select(sink => sink.Complete)).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        foreach (var (run, subscription) in running)
        {
            await run;
            await subscription.DisposeAsync();
        }

        Assert.All(sinks, sink => Assert.Equal(Events, sink.Ids.Count));
        Assert.Equal((Events, Events / 5), (counts.Executions, _sample.Source.Reads));
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    /// <summary>A reader whose queue is full at every third look, and has room at the next.</summary>
    private sealed class WaveringSink(string last) : ISubscriptionSink
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _looks;

        public List<string?> Ids { get; } = [];

        public Task Complete => _complete.Task;

        public bool IsReady => Interlocked.Increment(ref _looks) % 3 != 0;

        public void OnNext(in SubscriptionEvent item)
        {
            Ids.Add(item.Id);
            if (item.Id == last)
            {
                _complete.TrySetResult();
            }
        }

        public Task WhenReadyAsync() => Task.CompletedTask;
    }
}
