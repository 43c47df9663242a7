using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Tests.Execution.Caching;

public sealed class ResponseCacheTests
{
    [Fact]
    public async Task An_equal_request_is_answered_without_an_execution()
    {
        var house = new CacheHouse();

        Assert.Equal("0", await house.AskAsync());
        Assert.Equal("0", await house.AskAsync());
        Assert.Equal("0", await house.AskAsync("other"));

        Assert.Equal(2, house.Executions);
    }

    [Fact]
    public async Task A_change_of_what_was_read_takes_the_result_away_and_another_change_does_not()
    {
        var house = new CacheHouse();
        await house.AskAsync();

        house.Write(CacheHouse.Articles);
        Assert.Equal("0", await house.AskAsync());

        house.Write(CacheHouse.Comments);
        Assert.Equal("2", await house.AskAsync());
        Assert.Equal("2", await house.AskAsync());
        Assert.Equal(2, house.Executions);
    }

    [Fact]
    public async Task A_result_that_was_read_before_a_change_and_finished_after_it_is_not_kept()
    {
        var house = new CacheHouse();
        var held = new HeldExecution(house);
        var early = house.AskAsync("q", held.RunAsync);
        await held.HasRead;

        house.Write(CacheHouse.Comments);
        held.GoOn();

        Assert.Equal("0", await early);
        Assert.False(house.Has("q"));
        Assert.Equal("1", await house.AskAsync());
    }

    [Fact]
    public async Task Whoever_asks_after_a_change_does_not_join_an_execution_begun_before_it()
    {
        var house = new CacheHouse();
        var held = new HeldExecution(house);
        var early = house.AskAsync("q", held.RunAsync);
        await held.HasRead;

        house.Write(CacheHouse.Comments);
        Assert.Equal("1", await house.AskAsync());
        held.GoOn();

        // The older result comes last and still does not replace the newer one.
        Assert.Equal("0", await early);
        Assert.Equal("1", await house.AskAsync());
        Assert.Equal(2, house.Executions);
    }

    [Fact]
    public async Task Equal_requests_at_the_same_time_are_executed_once()
    {
        var house = new CacheHouse();
        var held = new HeldExecution(house);
        var first = house.AskAsync("q", held.RunAsync);
        await held.HasRead;
        var others = Enumerable.Range(0, 20).Select(_ => house.AskAsync()).ToList();

        held.GoOn();

        Assert.All(await Task.WhenAll([first, .. others]), answer => Assert.Equal("0", answer));
        Assert.Equal(1, house.Executions);
    }

    [Fact]
    public async Task An_execution_goes_on_for_the_others_when_the_one_who_began_it_leaves()
    {
        var house = new CacheHouse();
        var held = new HeldExecution(house);
        using var leaves = new CancellationTokenSource();
        var first = house.AskUntilAsync("q", held.RunAsync, leaves.Token);
        await held.HasRead;
        var second = house.AskAsync();

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(held.Token.IsCancellationRequested);
        held.GoOn();

        Assert.Equal("0", await second);
        Assert.True(house.Has("q"));
    }

    [Fact]
    public async Task An_execution_nobody_waits_for_any_more_is_ended_and_leaves_nothing()
    {
        var house = new CacheHouse();
        var held = new HeldExecution(house);
        using var leaves = new CancellationTokenSource();
        var first = house.AskUntilAsync("q", held.RunAsync, leaves.Token);
        await held.HasRead;

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.True(held.Token.IsCancellationRequested);
        Assert.False(house.Has("q"));
        Assert.Equal("0", await house.AskAsync());
        Assert.Equal(2, house.Executions);
    }

    [Theory]
    [InlineData("errors")]
    [InlineData("not executed")]
    [InlineData("a status")]
    [InlineData("nothing read")]
    [InlineData("forbidden")]
    [InlineData("too large")]
    public async Task What_is_no_whole_result_of_known_data_is_not_kept(string what)
    {
        var house = new CacheHouse(options => options.MaxResultBytes = 1024);

        await house.AskAsync("q", _ =>
        {
            DataReads.Current!.Add(what == "nothing read" ? [] : [CacheHouse.Comments]);
            if (what == "forbidden")
            {
                DataReads.Current.Forbid();
            }

            return Task.FromResult(new OperationResult
            {
                Json = new byte[what == "too large" ? 1025 : 10],
                ErrorsJson = what == "errors" ? new byte[3] : default,
                Executed = what != "not executed",
                StatusCode = what == "a status" ? 500 : null,
            });
        });

        Assert.False(house.Has("q"));
    }

    [Fact]
    public async Task A_failed_execution_fails_those_who_wait_and_leaves_nothing()
    {
        var house = new CacheHouse();

        await Assert.ThrowsAsync<InvalidOperationException>(() => house.AskAsync("q", _ => throw new InvalidOperationException()));

        Assert.False(house.Has("q"));
        Assert.Equal("0", await house.AskAsync());
    }

    [Fact]
    public async Task Nothing_is_served_after_the_purges_are_not_vouched_for_any_more()
    {
        var house = new CacheHouse();
        await house.AskAsync();
        house.Cache.Trust(house.Time.GetTimestamp(), TimeSpan.FromSeconds(4));

        house.Time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.True(house.Has("q"));
        house.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(house.Has("q"));

        // What is kept has not become wrong by that.
        house.Cache.Trust(house.Time.GetTimestamp(), TimeSpan.FromSeconds(4));
        Assert.True(house.Has("q"));
    }

    [Fact]
    public async Task Nobody_joins_an_execution_while_the_purges_are_not_vouched_for()
    {
        var house = new CacheHouse();
        house.Cache.Trust(house.Time.GetTimestamp(), TimeSpan.FromSeconds(4));
        var held = new HeldExecution(house);
        var early = house.AskAsync("q", held.RunAsync);
        await held.HasRead;
        house.Time.Advance(TimeSpan.FromSeconds(4));

        // Another node's change, of which this one cannot hear.
        house.Data++;
        Assert.Equal("1", await house.AskAsync());

        held.GoOn();
        Assert.Equal("0", await early);
    }

    [Fact]
    public async Task Everything_can_be_taken_away_even_what_is_under_way()
    {
        var house = new CacheHouse();
        var held = new HeldExecution(house);
        await house.AskAsync("kept");
        var underWay = house.AskAsync("q", held.RunAsync);
        await held.HasRead;

        house.Cache.PurgeAll();
        held.GoOn();
        await underWay;

        Assert.False(house.Has("kept"));
        Assert.False(house.Has("q"));
    }

    [Fact]
    public async Task Compressed_bytes_are_made_once_and_count_as_what_it_holds()
    {
        var house = new CacheHouse();
        await house.AskAsync("q", _ =>
        {
            DataReads.Current!.Add(CacheHouse.Comments);
            return Task.FromResult(new OperationResult { Json = new byte[10_000], Executed = true });
        });
        var before = house.Cache.Bytes;

        var kept = house.Find("q")!;
        var encoded = house.Cache.Encode(kept, ContentCoding.Gzip)!.Value;
        Assert.Equal(before + encoded.Length, house.Cache.Bytes);

        Assert.Equal(encoded, house.Cache.Encode(kept, ContentCoding.Gzip)!.Value);
        Assert.Equal(before + encoded.Length, house.Cache.Bytes);
    }

    [Fact]
    public async Task A_result_too_small_to_gain_by_it_has_no_compressed_bytes()
    {
        var house = new CacheHouse();
        await house.AskAsync();

        Assert.Null(house.Cache.Encode(house.Find("q")!, ContentCoding.Brotli));
    }

    [Fact]
    public async Task What_it_holds_is_bounded_and_a_flood_of_requests_made_once_leaves_the_ones_in_use()
    {
        var house = new CacheHouse(options => options.MaxBytes = 1024 * 1024);
        for (var hot = 0; hot < 20; hot++)
        {
            await house.AskAsync($"hot {hot}");
            Assert.True(house.Has($"hot {hot}"));
        }

        for (var once = 0; once < 20_000; once++)
        {
            await house.AskAsync($"once {once}");
        }

        Assert.All(Enumerable.Range(0, 20), hot => Assert.True(house.Has($"hot {hot}")));
        Assert.InRange(house.Cache.Count, 100, 1024 * 1024 / 400);
    }
}
