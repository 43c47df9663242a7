using System.Security.Claims;
using NewsGraph.Engine.Execution;
using NewsGraph.Testing;
using NewsGraph.Testing.SampleSchema;

namespace NewsGraph.Tests.Execution.Groups;

/// <summary>Who shares an execution with whom.</summary>
public sealed class SharingTests : IAsyncDisposable
{
    private readonly SampleExecution _sample = new();

    [Fact]
    public async Task Equal_subscribers_share_one_execution_and_its_bytes()
    {
        using var counts = Counts();
        await using var readers = await ReadersAsync(100, "subscription { numbers { number } }");

        _sample.Source.AppendMany(2);

        foreach (var number in new[] { 1, 2 })
        {
            var items = await readers.NextAsync();
            Assert.Equal($$$$"""{"data":{"numbers":{"number":{{{{number}}}}}}}""", System.Text.Encoding.UTF8.GetString(items[0].Json.Span));
            Assert.All(items, item => Assert.True(items[0].Json.Equals(item.Json), "The bytes are not shared."));
            Assert.All(items, item => Assert.Equal("p" + number, item.Id));
        }

        Assert.Equal((2, 1, 100), (counts.Executions, counts.Groups, counts.Members));
        Assert.Equal(200, counts.Deliveries);
    }

    [Fact]
    public async Task Events_that_come_together_are_told_in_order_and_executed_once_each()
    {
        const int Events = 100;
        using var counts = Counts();
        await using var readers = await ReadersAsync(3, "subscription { numbers { number } }");
        _sample.Source.HoldsBack = true;
        _sample.Source.AppendMany(Events);

        _sample.Source.TellAll();

        for (var number = 1; number <= Events; number++)
        {
            Assert.All(await readers.NextAsync(), item => Assert.Equal("p" + number, item.Id));
        }

        Assert.Equal((Events, 3 * Events), (counts.Executions, counts.Deliveries));
    }

    [Theory]
    [InlineData("subscription($x: Int) { numbers(after: $x) { number } }", 0, 0, 1)]
    [InlineData("subscription($x: Int) { ...F } fragment F on Subscription { numbers(after: $x) { number } }", 0, null, 1)]
    [InlineData("subscription($x: Int!) { numbers { times(by: $x) } }", 1, 1, 1)]
    [InlineData("subscription($x: Int!) { numbers { times(by: $x) } }", 1, 2, 2)]
    [InlineData("subscription($x: Int!) { numbers { ...T } } fragment T on Number { times(by: $x) }", 1, 2, 2)]
    [InlineData("subscription($x: Int!) { ... { numbers { times(by: $x) } } }", 1, 2, 2)]
    [InlineData("subscription($x: Int) { numbers(multiplesOf: $x) { number } }", 1, 2, 2)]
    public async Task Only_variables_that_shape_the_result_keep_subscribers_apart(string query, int? one, int? other, int groups)
    {
        using var counts = Counts();
        await using var first = await _sample.SubscribeAsync(query, new { x = one });
        await using var second = await _sample.SubscribeAsync(query, new { x = other });
        _sample.Source.AppendMany(2);
        await first.NextAsync();
        await second.NextAsync();

        Assert.Equal(groups, counts.Groups);
    }

    [Fact]
    public async Task A_directive_keeps_those_apart_who_skip_from_those_who_do_not()
    {
        const string Query = "subscription($x: Boolean!) { numbers { number text @skip(if: $x) } }";
        await using var with = await _sample.SubscribeAsync(Query, new { x = false });
        await using var without = await _sample.SubscribeAsync(Query, new { x = true });

        _sample.Source.Append("hello");

        Assert.Equal("""{"data":{"numbers":{"number":1,"text":"hello"}}}""", await with.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"number":1}}}""", await without.TextAsync());
    }

    [Fact]
    public async Task Users_never_share_with_each_other_nor_with_nobody()
    {
        const string Query = "subscription { numbers { reader } }";
        using var counts = Counts();
        await using var nobody = await _sample.SubscribeAsync(Query);
        await using var anonymous = await _sample.SubscribeAsync(Query, user: new ClaimsPrincipal(new ClaimsIdentity()));
        await using var ada = await _sample.SubscribeAsync(Query, user: User("Ada"));
        await using var adaAgain = await _sample.SubscribeAsync(Query, user: User("Ada"));
        await using var adaAsEditor = await _sample.SubscribeAsync(Query, user: User("Ada", "editor"));
        await using var bob = await _sample.SubscribeAsync(Query, user: User("Bob"));

        _sample.Source.Append();

        Assert.Equal("""{"data":{"numbers":{"reader":null}}}""", await nobody.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"reader":null}}}""", await anonymous.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"reader":"Ada"}}}""", await ada.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"reader":"Ada"}}}""", await adaAgain.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"reader":"Ada"}}}""", await adaAsEditor.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"reader":"Bob"}}}""", await bob.TextAsync());
        Assert.Equal((4, 6), (counts.Groups, counts.Members));
    }

    [Fact]
    public async Task A_group_ends_with_its_last_member()
    {
        using var counts = Counts();
        var first = await _sample.SubscribeAsync("subscription { numbers { number } }");
        var second = await _sample.SubscribeAsync("subscription { numbers { number } }");
        Assert.Equal((1, 2), (_sample.Source.Listeners, _sample.Source.Held));

        await first.DisposeAsync();
        _sample.Source.Append();
        Assert.NotNull(await second.TextAsync());
        Assert.Equal((1, 1), (_sample.Source.Listeners, _sample.Source.Held));

        await second.DisposeAsync();
        Assert.Equal((0, 0), (_sample.Source.Listeners, _sample.Source.Held));
        Assert.Equal((0, 0), (counts.Groups, counts.Members));
    }

    [Fact]
    public async Task A_subscription_that_was_opened_and_never_run_holds_nothing()
    {
        var result = await _sample.RunAsync("subscription { numbers { number } }");
        Assert.Equal(1, _sample.Source.Held);

        await result.Subscription!.DisposeAsync();

        Assert.Equal((0, 0), (_sample.Source.Listeners, _sample.Source.Held));
    }

    [Fact]
    public async Task An_event_the_field_does_not_show_is_not_executed()
    {
        using var counts = Counts();
        await using var reader = await _sample.SubscribeAsync("subscription { numbers(multiplesOf: 3) { number } }");

        _sample.Source.AppendMany(7);

        Assert.Equal("""{"data":{"numbers":{"number":3}}}""", await reader.TextAsync());
        Assert.Equal("""{"data":{"numbers":{"number":6}}}""", await reader.TextAsync());
        Assert.Equal(2, counts.Executions);
    }

    [Fact]
    public async Task What_happens_now_is_pushed_to_a_reader_that_is_not_ready_as_to_all_others()
    {
        await using var full = await _sample.SubscribeAsync("subscription { numbers { number } }", room: 1);
        await using var other = await _sample.SubscribeAsync("subscription { numbers { number } }");

        _sample.Source.AppendMany(50);

        for (var number = 1; number <= 50; number++)
        {
            Assert.Equal($$$$"""{"data":{"numbers":{"number":{{{{number}}}}}}}""", await other.TextAsync());
        }

        Assert.Equal(50, full.Queued);
    }

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    private static ClaimsPrincipal User(string name, string? role = null) => new(new ClaimsIdentity(
        role is null ? [new Claim(ClaimTypes.Name, name)] : [new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role)], "test"));

    private SubscriptionCounts Counts() => _sample.CountSubscriptions();

    private async Task<Readers> ReadersAsync(int count, string query)
    {
        var readers = new List<SubscriptionReader>();
        while (readers.Count < count)
        {
            readers.Add(await _sample.SubscribeAsync(query));
        }

        return new Readers(readers);
    }

    private sealed class Readers(List<SubscriptionReader> readers) : IAsyncDisposable
    {
        public async Task<List<SubscriptionEvent>> NextAsync()
        {
            var items = new List<SubscriptionEvent>();
            foreach (var reader in readers)
            {
                items.Add(Assert.NotNull(await reader.NextAsync()));
            }

            return items;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var reader in readers)
            {
                await reader.DisposeAsync();
            }
        }
    }
}
