using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Caching;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>
/// The rule a client can rely on, for every query and every act: what was acknowledged shows in the node's next answer,
/// and on other nodes by the position check.
/// </summary>
public abstract class ResponseCacheRule(TestDatabase database)
{
    private const int Acts = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_every_act_each_kept_answer_is_what_an_execution_gives(int seed)
    {
        await using var gateway = await StartAsync(seed);
        var news = new CachedNews(gateway, seed);
        var (kept, asked) = (0, 0);
        for (var act = 0; act < Acts; act++)
        {
            var queries = await news.QueriesAsync();
            foreach (var query in queries)
            {
                await CachedNews.AskAsync(gateway, query);
            }

            var name = await news.ActAsync(gateway);
            foreach (var query in queries)
            {
                gateway.Statements.Clear();
                var answer = await CachedNews.AskAsync(gateway, query);
                kept += gateway.Statements.Statements.Count == 0 ? 1 : 0;
                var live = await CachedNews.AskAsync(gateway, query, live: true);
                Assert.True(answer == live, $"After act {act} ({name}): {query.Query} {query.Variables}\nkept {answer}\nlive {live}");
            }

            asked += queries.Count;
        }

        // It is no proof if nothing is ever served from memory.
        Assert.InRange(kept, asked / 4, asked);
    }

    [Fact]
    public async Task On_another_node_every_act_shows_by_the_position_check_without_any_bell()
    {
        await using var one = await StartAsync(3);
        await using var two = await TestGateway.StartAsync(Options(one));
        var news = new CachedNews(one, 3);
        for (var act = 0; act < Acts / 3; act++)
        {
            var queries = await news.QueriesAsync();
            foreach (var query in queries)
            {
                await CachedNews.AskAsync(two, query);
            }

            var name = await news.ActAsync(one);

            await two.Services.GetRequiredService<ChangeSweep>().SweepAsync(TestContext.Current.CancellationToken);
            foreach (var query in queries)
            {
                var answer = await CachedNews.AskAsync(two, query);
                var live = await CachedNews.AskAsync(two, query, live: true);
                Assert.True(answer == live, $"After act {act} ({name}): {query.Query} {query.Variables}\nkept {answer}\nlive {live}");
            }
        }
    }

    [Fact]
    public async Task A_node_that_forgot_to_purge_would_be_found_out()
    {
        await using var gateway = await StartAsync(1, services => services.AddSingleton(new ChangeJournal([], TimeProvider.System)));
        var news = new CachedNews(gateway, 1);
        var stale = 0;
        for (var act = 0; act < Acts / 4; act++)
        {
            var queries = await news.QueriesAsync();
            foreach (var query in queries)
            {
                await CachedNews.AskAsync(gateway, query);
            }

            await news.ActAsync(gateway);
            foreach (var query in queries)
            {
                stale += await CachedNews.AskAsync(gateway, query) == await CachedNews.AskAsync(gateway, query, live: true) ? 0 : 1;
            }
        }

        Assert.NotEqual(0, stale);
    }

    private async Task<TestGateway> StartAsync(int seed, Action<IServiceCollection>? change = null)
    {
        var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Settings = CachedNews.Settings, Services = change });
        await gateway.WriteAsync(db => RandomNews.FillAsync(db, seed, articles: 25));

        // Two answers are compared, so nothing may stand in any order.
        await gateway.WriteAsync(async db =>
        {
            await db.Set<ArticleTag>().ExecuteUpdateAsync(set => set.SetProperty(link => link.Position, link => (int)link.TagId));
            await db.Set<ArticleAuthor>().ExecuteUpdateAsync(set => set.SetProperty(link => link.Position, link => (int)link.AuthorId));
        });
        return gateway;
    }

    private TestGatewayOptions Options(TestGateway other) =>
        new() { Database = database, Directory = other.Directory, Postgres = other.Postgres, Settings = CachedNews.Settings };
}

public sealed class SqliteResponseCacheRuleTests() : ResponseCacheRule(TestDatabase.Sqlite);

public sealed class PostgresResponseCacheRuleTests() : ResponseCacheRule(TestDatabase.Postgres);
