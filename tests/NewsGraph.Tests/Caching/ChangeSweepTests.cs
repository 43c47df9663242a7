using NewsGraph.Gateway.Caching;
using NewsGraph.Testing.Gateway;
using NewsGraph.Tests.Execution.Caching;

namespace NewsGraph.Tests.Caching;

public sealed class ChangeSweepTests
{
    [Fact]
    public async Task What_was_kept_before_the_log_was_first_read_is_not_served()
    {
        await using var changes = new ScriptedChanges();
        await changes.House.AskAsync();

        await changes.SweepAsync();
        Assert.False(changes.House.Has("q"));

        await changes.House.AskAsync();
        await changes.SweepAsync();
        Assert.True(changes.House.Has("q"));
    }

    [Fact]
    public async Task A_change_of_another_node_takes_away_what_was_built_from_it_and_nothing_else()
    {
        await using var changes = new ScriptedChanges();
        await KeepAsync(changes);
        await changes.House.AskAsync("articles", CacheHouse.Articles);

        changes.Page = changes.Page with { Changes = [ScriptedChanges.Change(11, CacheHouse.Comments)], Position = changes.Page.Position with { Id = 11 }, Last = 11 };
        await changes.SweepAsync();

        Assert.False(changes.House.Has("q"));
        Assert.True(changes.House.Has("articles"));
    }

    [Theory]
    [InlineData("pruned")]
    [InlineData("migrated")]
    [InlineData("put back, by its numbers")]
    [InlineData("put back, by its transactions")]
    public async Task What_the_log_cannot_show_takes_everything_away(string what)
    {
        await using var changes = new ScriptedChanges();
        await KeepAsync(changes);

        var (page, position) = (changes.Page, changes.Page.Position);
        changes.Page = what switch
        {
            "pruned" => page with { Oldest = 12, Last = 13, Position = position with { Id = 13 } },
            "migrated" => page with { Position = position with { Migrations = "6 Sixth" } },
            "put back, by its numbers" => page with { Last = 9, Position = position with { Id = 9 } },
            _ => page with { Position = position with { Transaction = 999 } },
        };
        await changes.SweepAsync();
        Assert.False(changes.House.Has("q"));

        // Once, not at each reading from then on.
        await changes.House.AskAsync();
        await changes.SweepAsync();
        Assert.True(changes.House.Has("q"));
    }

    [Fact]
    public async Task A_node_cut_off_for_as_long_as_changes_are_kept_starts_empty_though_the_log_shows_no_gap()
    {
        // PostgreSQL: number 9 came to light after 10 had been read, and was pruned before 10, the last.
        await using var changes = new ScriptedChanges();
        await KeepAsync(changes);
        changes.House.Time.Advance(ChangePruning.KeepFor);
        changes.Page = changes.Page with { Oldest = 10, Position = changes.Page.Position with { Transaction = 2_000 } };

        await changes.SweepAsync();

        Assert.False(changes.House.Has("q"));
    }

    [Fact]
    public async Task Nothing_is_served_while_the_log_cannot_be_read_and_what_is_kept_holds_when_it_can_be_again()
    {
        await using var changes = new ScriptedChanges();
        await KeepAsync(changes);
        changes.IsAway = true;

        changes.House.Time.Advance(ScriptedChanges.Interval * 1.9);
        await Assert.ThrowsAsync<IOException>(changes.SweepAsync);
        Assert.True(changes.House.Has("q"));
        changes.House.Time.Advance(ScriptedChanges.Interval * 0.1);
        Assert.False(changes.House.Has("q"));

        changes.IsAway = false;
        await changes.SweepAsync();
        Assert.True(changes.House.Has("q"));
    }

    [Fact]
    public async Task A_change_that_was_heard_of_and_is_then_read_again_and_again_purges_once()
    {
        await using var changes = new ScriptedChanges();
        await KeepAsync(changes);
        changes.Purge.Heard(ScriptedChanges.Bell(11, CacheHouse.Comments));
        Assert.False(changes.House.Has("q"));
        await changes.House.AskAsync();

        changes.Page = changes.Page with { Changes = [ScriptedChanges.Change(11, CacheHouse.Comments)], Position = changes.Page.Position with { Id = 11 }, Last = 11 };
        await changes.SweepAsync();
        await changes.SweepAsync();

        Assert.True(changes.House.Has("q"));
    }

    [Fact]
    public async Task The_bell_of_another_database_hides_no_change_with_its_number()
    {
        await using var changes = new ScriptedChanges();
        await KeepAsync(changes);
        Assert.True(changes.Purge.Heard(ScriptedChanges.Bell(11, CacheHouse.Articles)));

        changes.Page = changes.Page with { Changes = [ScriptedChanges.Change(11, CacheHouse.Comments)], Position = changes.Page.Position with { Id = 11 }, Last = 11 };
        await changes.SweepAsync();

        Assert.False(changes.House.Has("q"));
    }

    [Fact]
    public async Task Bells_that_do_not_say_what_was_changed_are_not_answered_by_a_reading_each()
    {
        await using var changes = new ScriptedChanges();
        await changes.Sweep.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, changes.Readings);
        await changes.House.AskAsync();
        changes.Held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await changes.Bus.PublishAsync(ResponsePurge.Topic, ScriptedChanges.Bell(11), TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(() => changes.Readings == 2);

        for (var bell = 0; bell < 1_000; bell++)
        {
            await changes.Bus.PublishAsync(ResponsePurge.Topic, ScriptedChanges.Bell(12 + bell), TestContext.Current.CancellationToken);
        }

        // Heard after all of them, while the reading still waits.
        await changes.Bus.PublishAsync(ResponsePurge.Topic, ScriptedChanges.Bell(1_012, CacheHouse.Comments), TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(() => !changes.House.Has("q"));
        changes.Held.SetResult();
        await Waiting.UntilAsync(() => changes.Readings > 2);
        await changes.Sweep.StopAsync(TestContext.Current.CancellationToken);

        // One was being waited for already, and one more was asked for.
        Assert.InRange(changes.Readings, 3, 4);
    }

    private static async Task KeepAsync(ScriptedChanges changes)
    {
        await changes.SweepAsync();
        await changes.House.AskAsync();
        await changes.SweepAsync();
        Assert.True(changes.House.Has("q"));
    }
}
