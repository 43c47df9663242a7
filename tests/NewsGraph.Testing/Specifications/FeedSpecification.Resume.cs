using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Testing.Specifications;

/// <summary>Subscribers that come back.</summary>
public abstract partial class FeedSpecification
{
    [Fact]
    public async Task After_a_position_comes_all_that_follows_it_and_then_what_happens()
    {
        await _feed.AppendManyAsync(30);
        await using var client = await _feed.SubscribeAsync(_feed.PositionOf(3));
        Assert.Equal(Numbers(4, 30), await client.NumbersAsync(27));

        await _feed.AppendAsync(31);

        Assert.Equal([31], await client.NumbersAsync(1));
    }

    [Fact]
    public async Task Without_a_position_nothing_comes_from_before()
    {
        await _feed.AppendManyAsync(3);
        await using var first = await _feed.SubscribeAsync();

        // Committed, and its bell is lost: whoever subscribes now has not missed it.
        _feed.Bus.Passes = _ => false;
        await _feed.AppendAsync(4);
        await using var second = await _feed.SubscribeAsync();
        _feed.Bus.Passes = null;
        await _feed.AppendAsync(5);

        Assert.Equal([5], await second.NumbersAsync(1));
        Assert.Equal([4, 5], await first.NumbersAsync(2));
    }

    [Fact]
    public async Task Who_returns_makes_good_a_lost_bell_for_everybody()
    {
        await using var stays = await _feed.SubscribeAsync();
        _feed.Bus.Passes = _ => false;
        await _feed.AppendManyAsync(5);

        await using var returns = await _feed.SubscribeAsync(_feed.PositionOf(2));

        Assert.Equal([3, 4, 5], await returns.NumbersAsync(3));
        Assert.Equal([1, 2, 3, 4, 5], await stays.NumbersAsync(5));
    }

    [Fact]
    public async Task Who_drops_and_returns_again_and_again_during_writes_misses_nothing_and_sees_nothing_twice()
    {
        const int Events = 300;
        const int Writers = 8;
        var written = 0;
        await using var keeps = await _feed.SubscribeAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref written) is var number && number <= Events)
            {
                await _feed.AppendAsync(number);
            }
        })));

        await Task.WhenAll(Enumerable.Range(1, 12).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            var position = _feed.PositionOf(0);
            for (var seen = 0; seen < Events;)
            {
                await using var client = await _feed.SubscribeAsync(position, room: random.Next(2, 40));
                var take = Math.Min(random.Next(1, 60), Events - seen);
                Assert.Equal(Numbers(seen + 1, seen + take), await client.NumbersAsync(take));
                (seen, position) = (seen + take, client.Position!);
            }
        })));

        await writing;
        Assert.Equal(Numbers(1, Events), await keeps.NumbersAsync(Events));
    }

    [Fact]
    public async Task A_position_of_another_database_or_of_the_future_starts_again_at_the_end()
    {
        await _feed.AppendManyAsync(3);
        var here = _feed.Contents.PositionOf(_feed.Feed, 3);

        await using var other = await _feed.SubscribeAsync((here with { Epoch = Guid.NewGuid() }).ToString());
        await using var ahead = await _feed.SubscribeAsync((here with { Number = 4 }).ToString());

        Assert.Equal((null, "OtherEpoch"), await other.NextAsync());
        Assert.Equal((null, "Ahead"), await ahead.NextAsync());
        Assert.Equal((here.ToString(), here.ToString()), (other.Position, ahead.Position));
        await _feed.AppendAsync(4);
        Assert.Equal([4], await other.NumbersAsync(1));
        Assert.Equal([4], await ahead.NumbersAsync(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData(null)]
    public async Task What_is_no_position_of_the_feed_is_refused(string? text)
    {
        text ??= (_feed.Contents.PositionOf(_feed.Feed, 0) with { Feed = "article:0" }).ToString();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => _feed.SubscribeAsync(text));

        Assert.Contains("INVALID_POSITION", refusal.Message, StringComparison.Ordinal);
        await _feed.ReleasedAsync();
    }

    [Fact]
    public async Task A_feed_keeps_its_newest_events_and_says_so_to_who_comes_too_late()
    {
        await _feed.AppendManyAsync(FeedFixture.KeepCount + 10);

        Assert.Equal(10, await _feed.Pruning.RunAsync(CancellationToken.None));
        Assert.Equal(0, await _feed.Pruning.RunAsync(CancellationToken.None));

        await using var late = await _feed.SubscribeAsync(_feed.PositionOf(9));
        await using var inTime = await _feed.SubscribeAsync(_feed.PositionOf(10));
        Assert.Equal((null, "TooOld"), await late.NextAsync());
        Assert.Equal(_feed.PositionOf(110), late.Position);
        Assert.Equal(Numbers(11, 110), await inTime.NumbersAsync(FeedFixture.KeepCount));
        await _feed.AppendAsync(111);
        Assert.Equal([111], await late.NumbersAsync(1));
    }

    [Fact]
    public async Task A_feed_gives_up_what_is_too_old_and_its_end_can_still_be_resumed_from()
    {
        await _feed.AppendManyAsync(5);
        var lastAt = await _feed.ReadAsync(db => db.Set<FeedEvent>().Where(e => e.Number == 3).Select(e => e.At).SingleAsync());
        _feed.Time.SetUtcNow(new DateTimeOffset(lastAt, TimeSpan.Zero) + FeedFixture.KeepFor + TimeSpan.FromMilliseconds(500));
        Assert.Equal(3, await _feed.Pruning.RunAsync(CancellationToken.None));

        _feed.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await _feed.Pruning.RunAsync(CancellationToken.None));
        Assert.Equal(new FeedState(5, 5), await _feed.Log.StateAsync(_feed.Feed, CancellationToken.None));

        await using var end = await _feed.SubscribeAsync(_feed.PositionOf(5));
        await using var before = await _feed.SubscribeAsync(_feed.PositionOf(4));
        Assert.Equal((null, "TooOld"), await before.NextAsync());
        await _feed.AppendAsync(6);
        Assert.Equal([6], await end.NumbersAsync(1));
        Assert.Equal([6], await before.NumbersAsync(1));
    }

    private static IEnumerable<long> Numbers(long first, long last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(n => (long)n);
}
