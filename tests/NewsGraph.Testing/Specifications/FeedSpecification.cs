using System.Collections.Concurrent;
using NewsGraph.Gateway.Feeds;
using NewsGraph.PubSub;

namespace NewsGraph.Testing.Specifications;

/// <summary>What a feed promises its subscribers, over whatever bus the bells are rung.</summary>
public abstract partial class FeedSpecification : IAsyncLifetime
{
    private const int Writers = 32;

    private FeedFixture _feed = null!;

    public async ValueTask InitializeAsync() => _feed = await FeedFixture.StartAsync(await CreateBusAsync(), postgres: await CreatePostgresAsync());

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _feed.DisposeAsync();
        await DisposeBusAsync();
    }

    [Fact]
    public async Task Numbers_have_no_gap_and_follow_commit_order_under_many_writers()
    {
        const int Each = 4;
        await using var wide = await FeedFixture.StartAsync(_feed.Bus, Writers * Each, await CreatePostgresAsync());
        await using var reader = await wide.FollowAsync();
        var committed = new ConcurrentBag<long>();

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var subject = (writer * Each) + i + 1L;
                await wide.AppendAsync(subject, () => committed.Add(subject));
            }
        })));
        // Numbers that follow commit order are never seen with a gap, at whatever moment one looks.
        while (!writing.IsCompleted)
        {
            var seen = await wide.Log.ReadAsync(wide.Feed, 0, Writers * Each, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, seen.Count).Select(n => (long)n), seen.Select(e => e.Number));
        }

        List<FeedEvent> heard = [];
        while (heard.Count < Writers * Each)
        {
            heard.Add(Assert.IsType<FeedEvent>(await reader.NextAsync()));
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(n => (long)n), heard.Select(e => e.Number));
        Assert.Equal(committed.Order(), heard.Select(e => e.SubjectId).Order());
        Assert.All(heard, e => Assert.Equal(e.SubjectId * 10, e.Count));
    }

    [Fact]
    public async Task A_failed_act_takes_no_number()
    {
        await using var reader = await _feed.FollowAsync();
        await _feed.AppendAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _feed.AppendAsync(2, failure: new InvalidOperationException("The act failed.")));

        Assert.Equal(2, (await _feed.AppendAsync(3)).Number);

        Assert.Equal(1, (await reader.NextAsync())?.SubjectId);
        Assert.Equal(3, (await reader.NextAsync())?.SubjectId);
        Assert.Equal(2, await _feed.Log.LastNumberAsync(_feed.Feed, CancellationToken.None));
    }

    [Fact]
    public async Task What_a_bell_brings_is_what_the_log_holds()
    {
        await using var reader = await _feed.FollowAsync();
        await _feed.AppendAsync(7);

        var heard = await reader.NextAsync();

        var logged = Assert.Single(await _feed.Log.ReadAsync(_feed.Feed, 0, 10, CancellationToken.None));
        Assert.Equivalent(logged, heard, strict: true);
        Assert.Equal(DateTimeKind.Utc, heard!.At.Kind);
    }

    [Fact]
    public async Task A_slow_subscriber_is_told_so_and_the_others_go_on()
    {
        await using var slow = await _feed.FollowAsync();
        await using var quick = await _feed.FollowAsync();
        for (var number = 1; number <= FeedFixture.MaxWaitingEvents + 1; number++)
        {
            await _feed.AppendAsync(number);
            Assert.Equal(number, (await quick.NextAsync())?.Number);
        }

        Assert.Equal(FeedFixture.MaxWaitingEvents, (await slow.NumbersAsync(FeedFixture.MaxWaitingEvents)).Count);
        await Assert.ThrowsAsync<SlowSubscriberException>(slow.NextAsync);

        await _feed.AppendAsync(99);
        Assert.Equal(99, (await quick.NextAsync())?.SubjectId);
    }

    [Fact]
    public async Task Subscribers_that_join_during_writes_see_everything_after_their_start()
    {
        const int Events = 100;
        await using var wide = await FeedFixture.StartAsync(_feed.Bus, Events, await CreatePostgresAsync());
        var writing = Task.Run(() => wide.AppendManyAsync(Events));

        var joined = await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            // Each joins once the log has come a little further.
            while (await wide.Log.LastNumberAsync(wide.Feed, CancellationToken.None) < n * 8)
            {
                Assert.False(writing.IsFaulted);
            }

            await using var reader = await wide.FollowAsync();
            return (reader.After, Numbers: await reader.NumbersAsync((int)(Events - reader.After)));
        }));

        await writing;
        Assert.All(joined, j => Assert.Equal(Enumerable.Range((int)j.After + 1, Events - (int)j.After).Select(n => (long)n), j.Numbers));
        Assert.Contains(joined, j => j.After > 0);
        await wide.ReleasedAsync();
    }

    /// <summary>The real bus.</summary>
    protected abstract Task<ITopicBus> CreateBusAsync();

    /// <summary>The connection string of a PostgreSQL database of the test's own; null for SQLite.</summary>
    protected virtual Task<string?> CreatePostgresAsync() => Task.FromResult<string?>(null);

    /// <summary>Ends the real bus.</summary>
    protected virtual Task DisposeBusAsync() => Task.CompletedTask;
}
