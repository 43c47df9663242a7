using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Sse;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>The queue of one stream's reader.</summary>
public sealed class EventQueueTests
{
    private static readonly SubscriptionEvent Small = new(new byte[10]);

    private int _cutOff;

    [Fact]
    public void A_reader_with_more_events_waiting_than_allowed_is_cut_off_once_and_takes_nothing_more()
    {
        var queue = Create();
        Push(queue, Small, 8);
        Assert.Equal(0, _cutOff);

        Push(queue, Small, 2);

        Assert.Equal(1, _cutOff);
        Assert.Equal(8, Drain(queue));
    }

    [Fact]
    public void A_reader_with_more_bytes_waiting_than_allowed_is_cut_off()
    {
        var queue = Create();

        Push(queue, new SubscriptionEvent(new byte[240]), 5);

        Assert.Equal(1, _cutOff);
    }

    [Fact]
    public void A_single_event_may_be_larger_than_the_queue()
    {
        var queue = Create();

        Push(queue, new SubscriptionEvent(new byte[5000]), 3);

        Assert.Equal(0, _cutOff);
        Assert.Equal(3, Drain(queue));
    }

    [Fact]
    public async Task A_queue_over_half_is_not_ready_until_half_of_it_is_taken()
    {
        var queue = Create();
        Push(queue, Small, 4);
        Assert.True(queue.IsReady);
        Assert.True(queue.WhenReadyAsync().IsCompleted);

        Push(queue, Small, 2);
        Assert.False(queue.IsReady);
        var ready = queue.WhenReadyAsync();
        queue.TryTake(out _, out _);
        Assert.False(ready.IsCompleted);

        queue.TryTake(out _, out _);
        await ready.WaitAsync(SampleServer.Limit, TestContext.Current.CancellationToken);
        Assert.True(queue.IsReady);
    }

    [Fact]
    public async Task Nobody_waits_for_a_reader_that_has_gone()
    {
        var queue = Create();
        Push(queue, Small, 8);
        var ready = queue.WhenReadyAsync();

        queue.End();

        await ready.WaitAsync(SampleServer.Limit, TestContext.Current.CancellationToken);
        Assert.True(queue.IsReady);
    }

    private static void Push(EventQueue queue, SubscriptionEvent item, int times)
    {
        for (var i = 0; i < times; i++)
        {
            queue.OnNext(item);
        }
    }

    private static int Drain(EventQueue queue)
    {
        var taken = 0;
        while (queue.TryTake(out _, out _))
        {
            taken++;
        }

        return taken;
    }

    private EventQueue Create() => new(maxEvents: 8, maxBytes: 1000, () => _cutOff++);
}
