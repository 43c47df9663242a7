using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Testing;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Execution.Groups;

/// <summary>How subscribers that return catch up.</summary>
public sealed class CatchUpTests : IAsyncDisposable
{
    private const string Numbers = "subscription($after: Int) { numbers(after: $after) { number text } }";

    private readonly FakeTimeProvider _time = new();
    private readonly SampleExecution _sample;

    public CatchUpTests() => _sample = new SampleExecution(_time, subscriptions: options => (options.KeptEvents, options.ReplayPageSize) = (8, 5));

    private SampleSource Source => _sample.Source;

    [Fact]
    public async Task Who_returns_after_a_moment_gets_the_groups_own_bytes_and_reads_nothing()
    {
        await using var stays = await SubscribeAsync();
        Source.AppendMany(8);
        var bytes = new Dictionary<string, ReadOnlyMemory<byte>>();
        while (bytes.Count < 8)
        {
            var item = Assert.NotNull(await stays.NextAsync());
            bytes.Add(item.Id!, item.Json);
        }

        using var counts = _sample.CountSubscriptions();
        await using var returns = await SubscribeAsync(after: 3);

        for (var number = 4; number <= 8; number++)
        {
            var item = Assert.NotNull(await returns.NextAsync());
            Assert.True(bytes["p" + number].Equals(item.Json), "The bytes are not the group's.");
        }

        Source.Append();
        Assert.Equal([9], await NumbersAsync(returns, 1));
        Assert.Equal((0, 1, 5), (Source.Reads, counts.Executions, counts.Replayed));
    }

    [Fact]
    public async Task Who_was_long_away_is_replayed_page_by_page_and_then_live()
    {
        Source.AppendMany(23);
        await using var reader = await SubscribeAsync(after: 0);

        Assert.Equal(Enumerable.Range(1, 23), await NumbersAsync(reader, 23));
        Assert.Equal(5, Source.Reads);

        Source.AppendMany(3);
        Assert.Equal([24, 25, 26], await NumbersAsync(reader, 3));
        Assert.Equal(5, Source.Reads);
    }

    [Fact]
    public async Task A_thousand_who_return_from_the_same_place_cost_one_execution_an_event_and_one_reading_a_page()
    {
        Source.AppendMany(100);
        using var counts = _sample.CountSubscriptions();
        var readers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => SubscribeAsync(after: 10))));

        foreach (var reader in readers)
        {
            Assert.Equal(Enumerable.Range(11, 90), await NumbersAsync(reader, 90));
        }

        Assert.Equal((90, 18, 90_000), (counts.Executions, Source.Reads, counts.Replayed));
        await EndAsync(readers);
    }

    [Fact]
    public async Task Who_returns_from_many_places_is_served_by_passes_that_read_a_page_for_all()
    {
        Source.AppendMany(200);
        using var counts = _sample.CountSubscriptions();
        var readers = await Task.WhenAll(Enumerable.Range(0, 200).Select(after => Task.Run(() => SubscribeAsync(after))));

        for (var after = 0; after < readers.Length; after++)
        {
            Assert.Equal(Enumerable.Range(after + 1, 200 - after), await NumbersAsync(readers[after], 200 - after));
        }

        // One pass costs each event once; who comes behind it waits for the next, which finds most of it in memory.
        Assert.InRange(counts.Executions, 200, 400);
        await EndAsync(readers);
    }

    [Fact]
    public async Task Whatever_happens_while_they_join_nobody_misses_an_event_or_sees_one_twice()
    {
        const int Events = 1500;
        Source.AppendMany(50);
        var writing = Task.Run(
            async () =>
            {
                while (Source.Last < Events)
                {
                    Source.Append();
                    if (Source.Last % 7 == 0)
                    {
                        await Task.Yield();
                    }
                }
            },
            TestContext.Current.CancellationToken);

        var random = new Random(1);
        var joiners = Enumerable.Range(0, 60).Select(n => (Away: random.Next(60), Room: n % 3 == 0 ? 4 : int.MaxValue, Pause: random.Next(200)));
        await Task.WhenAll(joiners.Select(joiner => Task.Run(async () =>
        {
            while (Source.Last < 50 + (joiner.Pause * 5))
            {
                await Task.Yield();
            }

            var after = Source.Last - Math.Min(joiner.Away, Source.Last);
            await using var reader = await SubscribeAsync(after, joiner.Room);
            Assert.Equal(Enumerable.Range(after + 1, Events - after), await NumbersAsync(reader, Events - after));
        })));

        await writing;
        Assert.Equal((0, 0), (Source.Listeners, Source.Held));
    }

    [Fact]
    public async Task Who_takes_nothing_is_waited_for_and_holds_up_nobody()
    {
        Source.AppendMany(60);
        await using var stuck = await SubscribeAsync(after: 0, room: 3);
        await stuck.FullAsync();
        await using var quick = await SubscribeAsync(after: 0);

        Assert.Equal(Enumerable.Range(1, 60), await NumbersAsync(quick, 60));
        Assert.Equal(3, stuck.Queued);

        Source.AppendMany(5);
        Assert.Equal(Enumerable.Range(61, 5), await NumbersAsync(quick, 5));
        Assert.Equal(3, stuck.Queued);
        Assert.Equal(Enumerable.Range(1, 65), await NumbersAsync(stuck, 65));
    }

    [Fact]
    public async Task Who_goes_in_the_middle_of_a_replay_is_told_nothing_more()
    {
        Source.AppendMany(60);
        var goes = await SubscribeAsync(after: 0, room: 3);
        await goes.FullAsync();

        await goes.DisposeAsync();

        Assert.Equal(3, goes.Queued);
        Assert.Equal((0, 0), (Source.Listeners, Source.Held));
    }

    [Fact]
    public async Task What_was_hidden_since_is_not_repeated_from_memory()
    {
        await using var stays = await SubscribeAsync();
        Source.Append("secret");
        Source.Append("fine");
        Assert.Equal([1, 2], await NumbersAsync(stays, 2));
        Source.ToldAgain = told => told with { Text = told.Text == "secret" ? "gone" : told.Text };
        Source.Append("hide 1", hides: true);
        Assert.Equal([3], await NumbersAsync(stays, 1));

        await using var returns = await SubscribeAsync(after: 0);

        Assert.Equal(["gone", "fine", "hide 1"], await TextsAsync(returns, 3));
        Source.Append("next");
        Assert.Equal(["next"], await TextsAsync(returns, 1));
    }

    [Fact]
    public async Task What_a_replay_kept_is_forgotten_when_something_is_hidden()
    {
        Source.AppendMany(20);
        Source.Append("secret");
        Source.AppendMany(10);
        await using var stays = await SubscribeAsync();
        await using var first = await SubscribeAsync(after: 19);
        Assert.Contains("secret", await TextsAsync(first, 12));
        Source.ToldAgain = told => told with { Text = null };
        Source.Append(hides: true);
        Assert.Equal([32], await NumbersAsync(stays, 1));

        await using var second = await SubscribeAsync(after: 19);

        Assert.DoesNotContain("secret", await TextsAsync(second, 13));
    }

    [Fact]
    public async Task Memory_is_not_used_before_the_group_knows_what_the_log_knew()
    {
        await using var stays = await SubscribeAsync();
        Source.Append("secret");
        Assert.Equal([1], await NumbersAsync(stays, 1));

        // It is hidden, and the bell has not been heard here yet.
        Source.HoldsBack = true;
        Source.ToldAgain = told => told with { Text = null };
        Source.Append("hide 1", hides: true);
        await using var returns = await SubscribeAsync(after: 0);
        await using var live = await SubscribeAsync(after: 1);
        Assert.Equal(0, returns.Queued);

        Source.HoldsBack = false;
        Source.TellAll();

        Assert.Equal([1, 2], await NumbersAsync(returns, 2, text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal)));
        Assert.Equal([2], await NumbersAsync(live, 1));
    }

    [Fact]
    public async Task Who_is_ahead_of_this_process_gets_only_what_comes_after()
    {
        await using var stays = await SubscribeAsync();
        Source.HoldsBack = true;
        Source.AppendMany(3);
        await using var ahead = await SubscribeAsync(after: 2);
        await using var now = await SubscribeAsync();

        Source.HoldsBack = false;
        Source.Append();

        Assert.Equal([1, 2, 3, 4], await NumbersAsync(stays, 4));
        Assert.Equal([3, 4], await NumbersAsync(ahead, 2));
        Assert.Equal([4], await NumbersAsync(now, 1));
    }

    [Fact]
    public async Task What_one_member_is_told_first_no_other_member_hears()
    {
        Source.AppendMany(3);
        await using var other = await SubscribeAsync();
        await using var reset = await SubscribeAsync(after: -1);

        var item = Assert.NotNull(await reset.NextAsync());
        Assert.Equal("""{"data":{"numbers":{"number":0,"text":"again"}}}""", System.Text.Encoding.UTF8.GetString(item.Json.Span));
        Assert.Equal("p3", item.Id);

        Source.Append();
        Assert.Equal([4], await NumbersAsync(reset, 1));
        Assert.Equal([4], await NumbersAsync(other, 1));
    }

    [Fact]
    public async Task A_replay_that_cannot_be_read_ends_with_a_masked_error_and_the_others_go_on()
    {
        await using var live = await SubscribeAsync();
        Source.AppendMany(20);
        Assert.Equal(Enumerable.Range(1, 20), await NumbersAsync(live, 20));
        Source.ReadFailure = new InvalidOperationException("The secret of the server.");
        await using var returns = await SubscribeAsync(after: 0);

        var text = await returns.TextAsync();
        Assert.Contains("Unexpected Execution Error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Null(await returns.TextAsync());

        Source.Append();
        Assert.Equal([21], await NumbersAsync(live, 1));
    }

    [Fact]
    public async Task What_a_replay_kept_is_given_up_when_nobody_needed_it_for_a_while()
    {
        Source.AppendMany(40);
        await using var stays = await SubscribeAsync();
        await using var first = await SubscribeAsync(after: 0);
        await NumbersAsync(first, 40);
        var reads = Source.Reads;
        await using var second = await SubscribeAsync(after: 0);
        await NumbersAsync(second, 40);
        Assert.Equal(reads, Source.Reads);

        _time.Advance(TimeSpan.FromSeconds(11));
        Source.Append();
        await NumbersAsync(stays, 1);
        await using var third = await SubscribeAsync(after: 0);
        await NumbersAsync(third, 41);

        Assert.True(Source.Reads > reads);
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    private static async Task EndAsync(IEnumerable<SubscriptionReader> readers)
    {
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private static async Task<List<int>> NumbersAsync(SubscriptionReader reader, int count, Action<string>? check = null)
    {
        var numbers = new List<int>();
        while (numbers.Count < count)
        {
            var text = Assert.IsType<string>(await reader.TextAsync());
            check?.Invoke(text);
            numbers.Add(Number(text).GetProperty("number").GetInt32());
        }

        return numbers;
    }

    private static async Task<List<string?>> TextsAsync(SubscriptionReader reader, int count)
    {
        var texts = new List<string?>();
        while (texts.Count < count)
        {
            texts.Add(Number(Assert.IsType<string>(await reader.TextAsync())).GetProperty("text").GetString());
        }

        return texts;
    }

    private static JsonElement Number(string text) => JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data").GetProperty("numbers");

    private Task<SubscriptionReader> SubscribeAsync(int? after = null, int room = int.MaxValue) =>
        _sample.SubscribeAsync(Numbers, new { after }, room: room);
}
