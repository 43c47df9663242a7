using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Caching;
using NewsGraph.Gateway.Related;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>What nodes learn of each other's changes by the database alone: none of these nodes hears another's bell.</summary>
public abstract class ChangeLogTests(TestDatabase database)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly (string Query, object? Variables) Titles = ("{ articles(first: 5, order: [{ publishedAt: ASC }]) { nodes { title } } }", null);

    private static readonly (string Query, object? Variables) Authors = ("{ authors(first: 5) { nodes { name } } }", null);

    private static readonly (string Query, object? Variables) Related =
        ("""{ articleBySlug(slug: "article-1") { relatedPosts(first: 5) { article { slug } reasons { label } } } }""", null);

    [Fact]
    public async Task The_position_check_comes_by_itself()
    {
        var time = new FakeTimeProvider();
        await using var one = await StartAsync();
        await using var two = await BesideAsync(one, time);
        var before = await CachedNews.AskAsync(two, Titles);

        await RenameAsync(one);
        Assert.Equal(before, await CachedNews.AskAsync(two, Titles));
        time.Advance(Interval);

        // The check runs now, on a thread of its own.
        await Waiting.UntilAsync(async () => await CachedNews.AskAsync(two, Titles) != before);
        await SameAsync(two, Titles);
    }

    [Fact]
    public async Task A_node_that_keeps_nothing_itself_tells_the_others_of_its_changes()
    {
        await using var one = await StartAsync("--ResponseCache:Enabled=false");
        await using var two = await BesideAsync(one);
        var before = await CachedNews.AskAsync(two, Titles);

        await RenameAsync(one);
        await SweepAsync(two);

        Assert.NotEqual(before, await CachedNews.AskAsync(two, Titles));
        await SameAsync(two, Titles);
    }

    [Fact]
    public async Task What_a_migration_changes_shows_on_nodes_of_the_version_before_it()
    {
        await using var gateway = await StartAsync();
        var before = await CachedNews.AskAsync(gateway, Titles);

        // As a newer node does it, which knows nothing of purges while it migrates.
        await gateway.ReadAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            BEGIN;
            UPDATE articles SET "Title" = 'Migrated';
            INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Later', '10.0.0');
            COMMIT;
            """));
        Assert.Equal(before, await CachedNews.AskAsync(gateway, Titles));
        await SweepAsync(gateway);

        Assert.Contains("Migrated", await CachedNews.AskAsync(gateway, Titles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_by_hand_shows_when_the_log_says_that_anything_may_have_changed()
    {
        await using var gateway = await StartAsync();
        var before = await CachedNews.AskAsync(gateway, Titles);
        var operations = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "OPERATIONS.md"), TestContext.Current.CancellationToken);
        var told = operations.Split('\n').Single(line =>
            line.StartsWith("INSERT INTO data_changes", StringComparison.Ordinal) && line.Contains("now()", StringComparison.Ordinal) == (database == TestDatabase.Postgres));

        string[] statements = ["BEGIN", """UPDATE articles SET "Title" = 'By hand'""", told.TrimEnd(';'), "COMMIT"];
        await gateway.ReadAsync(db => db.Database.ExecuteSqlRawAsync(string.Join(';', statements)));
        Assert.Equal(before, await CachedNews.AskAsync(gateway, Titles));
        await SweepAsync(gateway);

        Assert.Contains("By hand", await CachedNews.AskAsync(gateway, Titles), StringComparison.Ordinal);
        Assert.True(await gateway.ReadAsync(db => db.Set<DataChange>().OrderBy(c => c.Id).Select(c => c.At).LastAsync()) > SampleNews.Start);
    }

    [Fact]
    public async Task Changes_are_given_up_after_a_while_and_a_node_that_was_away_for_longer_starts_empty()
    {
        var time = new FakeTimeProvider();
        await using var one = await StartAsync(time: time);
        await using var two = await BesideAsync(one);
        await CachedNews.AskAsync(two, Titles);
        await CachedNews.AskAsync(two, Authors);
        for (var change = 0; change < 20; change++)
        {
            await RenameAsync(one);
        }

        time.Advance(ChangePruning.KeepFor * 2);
        await RenameAsync(one);
        await RenameAsync(one);
        await PruneAsync(one);
        Assert.Equal(2, await CountAsync(one));

        // It does not know what it missed, so not even what nobody changed is served as it was.
        await SweepAsync(two);
        await SameAsync(two, Titles);
        Assert.True(await IsExecutedAsync(two, Authors));

        // The last one stays, whatever its age: by its number a node knows whether it has missed any.
        time.Advance(ChangePruning.KeepFor * 2);
        await PruneAsync(one);
        Assert.Equal(1, await CountAsync(one));
        await SweepAsync(two);
        Assert.False(await IsExecutedAsync(two, Authors));
    }

    [Fact]
    public async Task Changes_are_given_up_by_themselves()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await StartAsync(time: time);
        for (var change = 0; change < 5; change++)
        {
            await RenameAsync(gateway);
        }

        time.Advance(ChangePruning.KeepFor * 2);

        await Waiting.UntilAsync(async () => await CountAsync(gateway) == 1);
    }

    [Fact]
    public async Task A_list_of_related_posts_that_is_stored_is_no_change_and_the_next_change_of_it_shows()
    {
        await using var gateway = await StartAsync();
        var found = await CachedNews.AskAsync(gateway, Related);
        Assert.Contains("article-2", found, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => gateway.ReadAsync(db => db.Set<RelatedList>().AnyAsync(list => list.ArticleId == 1)));
        var changes = await gateway.ReadAsync(db => db.Set<DataChange>().MaxAsync(change => change.Id));

        // Written by a statement no interceptor sees: the list says what was said without it, so nothing kept becomes wrong.
        await gateway.Services.GetRequiredService<StoredRelatedPosts>().StoreAsync(
            await gateway.ReadAsync(db => db.Set<RelatedList>().ToListAsync()), TestContext.Current.CancellationToken);
        Assert.False(await IsExecutedAsync(gateway, Related));
        await SameAsync(gateway, Related);
        Assert.Equal(changes, await gateway.ReadAsync(db => db.Set<DataChange>().MaxAsync(change => change.Id)));

        // From the stored list, and then without what it names.
        await gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(2, ArticleStatus.Draft, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("article-2", await CachedNews.AskAsync(gateway, Related), StringComparison.Ordinal);
        await gateway.Services.GetRequiredService<PublishArticle>().RunAsync(2, TestContext.Current.CancellationToken);
        Assert.Contains("article-2", await CachedNews.AskAsync(gateway, Related), StringComparison.Ordinal);
        await SameAsync(gateway, Related);
    }

    private static Task RenameAsync(TestGateway node) => node.WriteAsync(async db =>
    {
        foreach (var article in await db.Set<Article>().ToListAsync())
        {
            article.Title += "!";
        }
    });

    private static Task SweepAsync(TestGateway node) => node.Services.GetRequiredService<ChangeSweep>().SweepAsync(TestContext.Current.CancellationToken);

    private static Task<int> PruneAsync(TestGateway node) =>
        node.Services.GetServices<IHostedService>().OfType<ChangePruning>().Single().RunAsync(TestContext.Current.CancellationToken);

    private static Task<int> CountAsync(TestGateway node) => node.ReadAsync(db => db.Set<DataChange>().CountAsync());

    private static async Task<bool> IsExecutedAsync(TestGateway node, (string Query, object? Variables) asked)
    {
        node.Statements.Clear();
        await CachedNews.AskAsync(node, asked);
        return node.Statements.Statements.Count > 0;
    }

    private static async Task SameAsync(TestGateway node, (string Query, object? Variables) asked) =>
        Assert.Equal(await CachedNews.AskAsync(node, asked, live: true), await CachedNews.AskAsync(node, asked));

    private async Task<TestGateway> StartAsync(string? setting = null, TimeProvider? time = null)
    {
        string[] more = setting is null ? [] : [setting];
        var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Settings = [.. CachedNews.Settings, .. more], Time = time });
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var city = await news.TagAsync("City");
            for (var article = 0; article < 3; article++)
            {
                await news.ArticleAsync(city);
            }
        });
        return gateway;
    }

    private Task<TestGateway> BesideAsync(TestGateway other, TimeProvider? time = null) => TestGateway.StartAsync(new TestGatewayOptions
    {
        Database = database,
        Directory = other.Directory,
        Postgres = other.Postgres,
        Settings = CachedNews.Settings,
        Time = time,
    });
}

public sealed class SqliteChangeLogTests() : ChangeLogTests(TestDatabase.Sqlite);

public sealed class PostgresChangeLogTests() : ChangeLogTests(TestDatabase.Postgres);
