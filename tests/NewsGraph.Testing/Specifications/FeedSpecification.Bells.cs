using Microsoft.Extensions.Time.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>Bells that are lost, doubled or swapped.</summary>
public abstract partial class FeedSpecification
{
    [Fact]
    public async Task A_lost_bell_is_made_good_when_positions_are_compared()
    {
        await using var reader = await _feed.FollowAsync();
        _feed.Bus.Passes = _ => false;
        await _feed.AppendManyAsync(7);

        await _feed.Hub.ComparePositionsAsync(CancellationToken.None);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], await reader.NumbersAsync(7));
    }

    [Fact]
    public async Task A_bell_that_cannot_be_rung_does_not_fail_its_act()
    {
        await using var reader = await _feed.FollowAsync();
        _feed.Bus.PublishFails = true;

        await _feed.AppendAsync(1);

        await _feed.Hub.ComparePositionsAsync(CancellationToken.None);
        Assert.Equal([1], await reader.NumbersAsync(1));
    }

    [Fact]
    public async Task Doubled_and_swapped_bells_deliver_once_and_in_order()
    {
        await using var reader = await _feed.FollowAsync();
        _feed.Bus.Passes = _ => false;
        await _feed.AppendManyAsync(4);
        foreach (var index in new[] { 1, 0, 0, 3, 2, 3, 1 })
        {
            await _feed.Bus.SendHeldAsync(index);
        }

        _feed.Bus.Passes = null;
        await _feed.AppendAsync(5);

        Assert.Equal([1, 2, 3, 4, 5], await reader.NumbersAsync(5));
    }

    [Fact]
    public async Task Events_written_in_one_go_arrive_each_in_order_by_one_bell()
    {
        await using var reader = await _feed.FollowAsync();
        await _feed.AppendAsync(1);
        _feed.Bus.Passes = _ => false;

        var together = await _feed.AppendTogetherAsync(9);

        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10], together.Select(e => e.Number));
        Assert.Single(_feed.Bus.Held);
        await _feed.Bus.SendHeldAsync(0);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], await reader.NumbersAsync(10));
    }

    [Fact]
    public async Task A_jump_is_filled_from_the_log()
    {
        await using var reader = await _feed.FollowAsync();
        _feed.Bus.Passes = _ => false;
        await _feed.AppendManyAsync(9);
        _feed.Bus.Passes = null;

        await _feed.AppendAsync(10);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], await reader.NumbersAsync(10));
    }

    [Fact]
    public async Task A_message_that_is_no_bell_is_ignored()
    {
        await using var reader = await _feed.FollowAsync();
        foreach (var message in new[] { [], new byte[32], new byte[33], [.. Enumerable.Repeat((byte)0xFF, 33)], new byte[1_000] })
        {
            await _feed.Bus.PublishAsync(_feed.Feed, message);
        }

        await _feed.AppendManyAsync(2);

        Assert.Equal([1, 2], await reader.NumbersAsync(2));
    }

    [Fact]
    public async Task Positions_are_compared_at_every_interval()
    {
        var time = new ObservedTime();
        await using var reader = await _feed.FollowAsync();
        _feed.Bus.Passes = _ => false;
        await _feed.AppendAsync(1);
        using var check = (IDisposable)await StartCheckAsync(time);
        await time.TimerMade.WaitAsync(Waiting.Limit);

        time.Advance(FeedFixture.PositionCheckInterval);
        Assert.Equal([1], await reader.NumbersAsync(1));

        await _feed.AppendAsync(2);
        time.Advance(FeedFixture.PositionCheckInterval);
        Assert.Equal([2], await reader.NumbersAsync(1));
    }

    [Fact]
    public async Task Positions_are_compared_when_the_bus_is_back()
    {
        await using var reader = await _feed.FollowAsync();
        _feed.Bus.Passes = _ => false;
        await _feed.AppendAsync(1);
        using var check = (IDisposable)await StartCheckAsync(new FakeTimeProvider());
        await _feed.Bus.Watched.WaitAsync(Waiting.Limit);

        _feed.Bus.Reconnect();

        Assert.Equal([1], await reader.NumbersAsync(1));
    }

    private async Task<Microsoft.Extensions.Hosting.IHostedService> StartCheckAsync(TimeProvider time)
    {
        var check = _feed.CreatePositionCheck(time);
        await check.StartAsync(CancellationToken.None).WaitAsync(Waiting.Limit);
        return check;
    }

    /// <summary>A clock that tells when somebody waits for it.</summary>
    private sealed class ObservedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerMade => _made.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _made.TrySetResult();
            return timer;
        }
    }
}
