using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Articles;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary><c>totalCount</c> of all articles, which is kept.</summary>
public abstract class ArticleTotalTests(TestDatabase database)
{
    private const string Total = "query($where: ArticleFilterInput, $first: Int) { articles(where: $where, first: $first, order: [{ title: ASC }]) { nodes { id } totalCount } }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_what_is_listed_after_every_act_although_answers_are_kept()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Settings = ["--ResponseCache:Enabled=true"] });
        Assert.Equal(0, await TotalAsync(gateway));
        await gateway.WriteAsync(db => RandomNews.FillAsync(db, seed: 5, articles: 30));
        var (publish, withdraw) = (gateway.Services.GetRequiredService<PublishArticle>(), gateway.Services.GetRequiredService<WithdrawArticle>());
        var all = await TotalAsync(gateway);
        Assert.InRange(all, 10, 29);

        for (var id = 1; id <= 30; id++)
        {
            await publish.RunAsync(id, Token);
            await TotalAsync(gateway);
        }

        await withdraw.RunAsync(3, ArticleStatus.Trash, Token);
        Assert.Equal(29, await TotalAsync(gateway));
    }

    [Fact]
    public async Task It_is_read_and_not_counted_unless_there_is_a_filter()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database });
        await gateway.WriteAsync(db => RandomNews.FillAsync(db, seed: 5, articles: 30));
        var all = await TotalAsync(gateway);
        gateway.Statements.Clear();

        var one = await gateway.QueryAsync("{ articles { totalCount } }");

        Assert.Equal(all, one.GetProperty("articles").GetProperty("totalCount").GetInt32());
        var statement = Assert.Single(gateway.Statements.Statements);
        Assert.Contains("article_totals", statement, StringComparison.Ordinal);
        Assert.DoesNotContain("\"articles\"", statement, StringComparison.Ordinal);

        // An empty filter is none; of others the number is another one.
        Assert.Equal(all, await TotalAsync(gateway, new { }));
        Assert.InRange(await TotalAsync(gateway, new { commentsOpen = new { eq = false } }), 1, all - 1);
    }

    private static async Task<int> TotalAsync(TestGateway gateway, object? where = null)
    {
        JsonElement list = (await gateway.QueryAsync(Total, new { where, first = 50 })).GetProperty("articles");
        var total = list.GetProperty("totalCount").GetInt32();
        Assert.Equal(list.GetProperty("nodes").GetArrayLength(), total);
        return total;
    }
}

public sealed class SqliteArticleTotalTests() : ArticleTotalTests(TestDatabase.Sqlite);

public sealed class PostgresArticleTotalTests() : ArticleTotalTests(TestDatabase.Postgres);
