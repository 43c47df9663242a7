using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary>The articles of one author, which are read from the author's links.</summary>
public abstract class AuthorListTests(TestDatabase database) : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    /// <summary>The gateway with news of every kind: drafts, equal dates, several authors an article.</summary>
    protected TestGateway Gateway => _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database });
        await _gateway.WriteAsync(db => RandomNews.FillAsync(db, seed: 23, articles: 60));
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Every_page_of_every_author_is_what_filtering_and_sorting_gives_whatever_comes_and_goes()
    {
        Assert.InRange(await ComparedAsync(), 20, int.MaxValue);
        foreach (var id in Enumerable.Range(1, 20))
        {
            await _gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(id, id % 2 == 0 ? ArticleStatus.Scheduled : ArticleStatus.Trash, Token);
        }

        await ComparedAsync();
        foreach (var id in Enumerable.Range(11, 40))
        {
            await _gateway.Services.GetRequiredService<PublishArticle>().RunAsync(id, Token);
        }

        Assert.InRange(await ComparedAsync(), 20, int.MaxValue);
    }

    // How many articles were compared.
    private async Task<int> ComparedAsync()
    {
        var authors = await _gateway.ReadAsync(db => db.Set<Author>().OrderBy(a => a.Id).ToListAsync());
        var together = (await _gateway.QueryAsync("{ authors(first: 50) { nodes { slug articles(first: 50) { nodes { id } totalCount } } } }"))
            .GetProperty("authors").GetProperty("nodes").EnumerateArray().ToDictionary(a => a.GetProperty("slug").GetString()!, a => a.GetProperty("articles"));
        var compared = 0;
        foreach (var author in authors)
        {
            // Not by the links' dates.
            var expected = (await _gateway.ReadAsync(db => db.Set<Article>().Where(Article.IsPublic).Where(a => a.Authors.Any(w => w.Id == author.Id))
                .OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id).Select(a => a.Id).ToListAsync())).ConvertAll(id => GlobalId.Format("Article", id));

            Assert.Equal(expected, Ids(together[author.Slug]));
            Assert.Equal(expected.Count, together[author.Slug].GetProperty("totalCount").GetInt32());
            Assert.Equal(expected, await WalkAsync(author.Slug, "first: 3", "after", "endCursor", "hasNextPage"));
            Assert.Equal(expected, await WalkAsync(author.Slug, "last: 4", "before", "startCursor", "hasPreviousPage"));
            compared += expected.Count;
        }

        return compared;
    }

    private async Task<List<string>> WalkAsync(string slug, string size, string argument, string cursor, string more)
    {
        var ids = new List<string>();
        string? at = null;
        do
        {
            var data = await _gateway.QueryAsync(
                $"query($slug: String!, $at: String) {{ authorBySlug(slug: $slug) {{ articles({size}, {argument}: $at) {{ nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage {cursor} }} }} }} }}",
                new { slug, at });
            var page = data.GetProperty("authorBySlug").GetProperty("articles");
            var info = page.GetProperty("pageInfo");
            Assert.Equal(at is not null, info.GetProperty(more == "hasNextPage" ? "hasPreviousPage" : "hasNextPage").GetBoolean());
            ids.InsertRange(argument == "after" ? ids.Count : 0, Ids(page));
            at = info.GetProperty(more).GetBoolean() ? info.GetProperty(cursor).GetString() : null;
        }
        while (at is not null);

        return ids;
    }

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!)];
}

public sealed class SqliteAuthorListTests() : AuthorListTests(TestDatabase.Sqlite)
{
    [Theory]
    [InlineData("authorBySlug(slug: \"author1\")", "publishedAt: DESC", false)]
    [InlineData("authorBySlug(slug: \"author1\")", "publishedAt: ASC", false)]
    [InlineData("tagBySlug(slug: \"tag1\")", "publishedAt: DESC", false)]
    [InlineData("authorBySlug(slug: \"author1\")", "modifiedAt: ASC }, { title: DESC", true)]
    public async Task A_page_by_date_is_a_walk_through_the_index_of_the_links(string parent, string order, bool sorts)
    {
        var cursor = await AskAsync($"{{ parent: {parent} {{ articles(first: 2, order: [{{ {order} }}]) {{ nodes {{ title }} pageInfo {{ endCursor }} }} }} }}", sorts);
        await AskAsync($"{{ parent: {parent} {{ articles(first: 2, after: \"{cursor}\", order: [{{ {order} }}]) {{ nodes {{ title }} pageInfo {{ endCursor }} }} }} }}", sorts);
    }

    private async Task<string?> AskAsync(string query, bool sorts)
    {
        Gateway.Statements.Clear();
        var data = await Gateway.QueryAsync(query);
        var page = Assert.Single(Gateway.Statements.Statements, s => s.Contains("ORDER BY", StringComparison.Ordinal));
        var plan = await Gateway.ReadAsync(db => PlanAsync(db, page));
        Assert.Equal(sorts, plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
        if (!sorts)
        {
            Assert.Matches("SEARCH . USING COVERING INDEX IX_article_(authors_AuthorId|tags_TagId)_ListedAt_ArticleId", plan);
        }

        return data.GetProperty("parent").GetProperty("articles").GetProperty("pageInfo").GetProperty("endCursor").GetString();
    }

    private static async Task<string> PlanAsync(DbContext db, string statement)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The statement is one that the gateway wrote.
        command.CommandText = "EXPLAIN QUERY PLAN " + statement;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines);
    }
}

public sealed class PostgresAuthorListTests() : AuthorListTests(TestDatabase.Postgres);
