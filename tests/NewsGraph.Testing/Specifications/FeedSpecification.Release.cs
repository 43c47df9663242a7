using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>Subscribers that go.</summary>
public abstract partial class FeedSpecification
{
    [Fact]
    public async Task When_the_last_subscriber_is_gone_nothing_is_followed_any_more()
    {
        var first = await _feed.FollowAsync();
        var second = await _feed.FollowAsync();
        await _feed.AppendAsync(1);
        await first.NextAsync();
        Assert.Equal((1, 1), (_feed.Hub.FollowedCount, _feed.Bus.Subscriptions));

        await first.DisposeAsync();
        Assert.Equal((1, 1), (_feed.Hub.FollowedCount, _feed.Bus.Subscriptions));

        await second.NextAsync();
        await second.DisposeAsync();
        Assert.Equal((0, 0), (_feed.Hub.FollowedCount, _feed.Bus.Subscriptions));
    }

    [Fact]
    public async Task A_subscriber_cancelled_before_it_reads_is_released()
    {
        using var lifetime = new CancellationTokenSource();
        await _feed.Hub.FollowAsync(_feed.Feed, lifetime.Token).WaitAsync(Waiting.Limit);
        Assert.Equal(1, _feed.Hub.FollowedCount);

        await lifetime.CancelAsync();

        await _feed.ReleasedAsync();
    }

    [Fact]
    public async Task A_subscriber_cancelled_while_it_subscribes_is_released()
    {
        using var lifetime = new CancellationTokenSource();
        await lifetime.CancelAsync();

        try
        {
            await _feed.Hub.FollowAsync(_feed.Feed, lifetime.Token).WaitAsync(Waiting.Limit);
        }
        catch (OperationCanceledException)
        {
            // It may be too late to be told; either way nothing stays.
        }

        await _feed.ReleasedAsync();
    }

    [Fact]
    public async Task The_events_end_with_the_lifetime_for_whoever_still_reads_them()
    {
        using var lifetime = new CancellationTokenSource();
        var ends = await _feed.FollowAsync(lifetime.Token);
        await using var stays = await _feed.FollowAsync();
        var waiting = ends.NextAsync();

        await lifetime.CancelAsync();

        Assert.Null(await waiting);
        await _feed.AppendAsync(1);
        Assert.Equal([1], await stays.NumbersAsync(1));
    }

    [Fact]
    public async Task The_events_end_when_the_subscription_is_disposed()
    {
        var subscription = await _feed.Hub.FollowAsync(_feed.Feed, CancellationToken.None).WaitAsync(Waiting.Limit);
        var waiting = new FeedReader(subscription).NextAsync();

        await subscription.DisposeAsync();

        Assert.Null(await waiting);
        await _feed.ReleasedAsync();
    }

    [Fact]
    public async Task A_feed_that_could_not_be_followed_can_be_followed_later()
    {
        _feed.Bus.SubscribeFailure = new InvalidOperationException("The bus failed.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _feed.FollowAsync());
        Assert.Equal(0, _feed.Hub.FollowedCount);

        _feed.Bus.SubscribeFailure = null;
        await using var reader = await _feed.FollowAsync();
        await _feed.AppendAsync(1);

        Assert.Equal([1], await reader.NumbersAsync(1));
    }

    [Fact]
    public async Task The_last_one_leaving_while_the_next_one_comes_loses_no_event()
    {
        for (var round = 1; round <= 20; round++)
        {
            var leaving = await _feed.FollowAsync();
            var coming = Task.Run(() => _feed.FollowAsync());
            await leaving.DisposeAsync();
            await using var reader = await coming;

            await _feed.AppendAsync(round);

            Assert.Equal(round, (await reader.NextAsync())?.SubjectId);
        }

        await _feed.ReleasedAsync();
    }
}
