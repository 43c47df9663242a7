using System.Text.Json;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

public abstract class ArticleListTests(TestDatabase database) : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database });
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var city = await news.TagAsync("City");
            var sport = await news.TagAsync("Sport");
            var ada = await news.AuthorAsync("Ada");
            for (var i = 0; i < 12; i++)
            {
                await news.ArticleAsync(
                    article =>
                    {
                        article.Language = i % 3 == 0 ? null : "en";
                        article.CommentsOpen = i % 2 == 0;
                        article.CommentCount = i % 4;
                        if (i == 4)
                        {
                            article.Authors.Add(ada);
                        }
                    },
                    i % 2 == 0 ? [city] : i == 1 ? [] : [city, sport]);
            }
        });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_ten_come_first_with_the_count_of_all()
    {
        var data = await _gateway.QueryAsync("{ articles { nodes { title } totalCount pageInfo { hasNextPage hasPreviousPage } } }");

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(n => $"Article {n:000}"), Titles(data));
        Assert.Equal(12, data.GetProperty("articles").GetProperty("totalCount").GetInt32());
        Assert.True(data.GetProperty("articles").GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.False(data.GetProperty("articles").GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
    }

    [Theory]
    [InlineData("[{ publishedAt: DESC }]")]
    [InlineData("[{ commentCount: DESC }, { title: ASC }]")]
    [InlineData("[{ title: DESC }]")]
    [InlineData("{ modifiedAt: ASC }")]
    public async Task Every_page_forward_is_every_page_backward(string order)
    {
        var forward = await AllAsync($"first: 5, order: {order}", "after", "endCursor", "hasNextPage");
        var backward = await AllAsync($"last: 5, order: {order}", "before", "startCursor", "hasPreviousPage");

        Assert.Equal(12, forward.SelectMany(page => page).Distinct().Count());
        Assert.Equal(forward.SelectMany(page => page), backward.AsEnumerable().Reverse().SelectMany(page => page));
    }

    [Theory]
    [InlineData("{ slug: { eq: \"article-3\" } }", 1)]
    [InlineData("{ title: { startsWith: \"Article 01\" } }", 3)]
    [InlineData("{ title: { contains: \"article\" } }", 0)]
    [InlineData("{ language: { eq: null } }", 4)]
    [InlineData("{ language: { in: [\"en\", \"de\"] } }", 8)]
    [InlineData("{ publishedAt: { gte: \"2026-01-10T00:00:00Z\" } }", 3)]
    [InlineData("{ publishedAt: { lt: \"2026-01-02T09:00:00+01:00\" } }", 1)]
    [InlineData("{ commentCount: { gt: 1 }, commentsOpen: { eq: true } }", 3)]
    [InlineData("{ tags: { some: { slug: { eq: \"sport\" } } } }", 5)]
    [InlineData("{ tags: { none: { slug: { eq: \"sport\" } } } }", 7)]
    [InlineData("{ tags: { all: { name: { eq: \"City\" } } } }", 7)]
    [InlineData("{ tags: { any: false } }", 1)]
    [InlineData("{ authors: { some: { slug: { eq: \"ada\" } } } }", 1)]
    [InlineData("{ or: [{ slug: { eq: \"article-1\" } }, { slug: { eq: \"article-2\" } }] }", 2)]
    [InlineData("{ and: [{ commentsOpen: { eq: false } }, { commentCount: { neq: 1 } }] }", 3)]
    [InlineData("{ not_there: 1 }", -1)]
    public async Task A_filter_finds_what_it_says(string where, int count)
    {
        var answer = await _gateway.SendAsync($"{{ articles(where: {where}) {{ totalCount nodes {{ id }} }} }}");

        if (count < 0)
        {
            Assert.True(answer.TryGetProperty("errors", out _));
            return;
        }

        var articles = answer.GetProperty("data").GetProperty("articles");
        Assert.Equal(count, articles.GetProperty("totalCount").GetInt32());
        Assert.Equal(count, articles.GetProperty("nodes").GetArrayLength());
    }

    [Fact]
    public async Task A_filter_by_id_takes_the_global_id()
    {
        var first = (await _gateway.QueryAsync("{ articles(first: 1) { nodes { id title } } }")).GetProperty("articles").GetProperty("nodes")[0];

        var found = await _gateway.QueryAsync(
            "query($id: ID!) { articles(where: { id: { eq: $id } }) { nodes { title } } }", new { id = first.GetProperty("id").GetString() });

        Assert.Equal([first.GetProperty("title").GetString()], Titles(found));
    }

    [Theory]
    [InlineData("articles(first: 51)", "HC0051")]
    [InlineData("articles(first: -1)", "HC0079")]
    [InlineData("articles(after: \"nonsense\")", "HC0078")]
    [InlineData("articles(where: { publishedAt: { gt: null } })", "HC0026")]
    public async Task A_wrong_page_or_filter_has_its_code(string field, string code)
    {
        var error = await _gateway.FailAsync($"{{ {field} {{ nodes {{ id }} }} }}");

        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_tag_lists_its_articles_and_stores_their_count()
    {
        var data = await _gateway.QueryAsync(
            "{ tagBySlug(slug: \"sport\") { articleCount articles(first: 2, order: { publishedAt: ASC }) { nodes { title } totalCount } } }");

        var tag = data.GetProperty("tagBySlug");
        Assert.Equal(5, tag.GetProperty("articleCount").GetInt32());
        Assert.Equal(5, tag.GetProperty("articles").GetProperty("totalCount").GetInt32());
        Assert.Equal(["Article 004", "Article 006"], Titles(tag));
    }

    private async Task<List<List<string>>> AllAsync(string arguments, string from, string cursor, string more)
    {
        var pages = new List<List<string>>();
        string? at = null;
        do
        {
            Assert.True(pages.Count < 10, "The pages do not end.");
            var place = at is null ? "" : $", {from}: \"{at}\"";
            var data = await _gateway.QueryAsync($"{{ articles({arguments}{place}) {{ nodes {{ title }} pageInfo {{ {cursor} {more} }} }} }}");
            pages.Add([.. Titles(data)]);
            var info = data.GetProperty("articles").GetProperty("pageInfo");
            at = info.GetProperty(more).GetBoolean() ? info.GetProperty(cursor).GetString() : null;
        }
        while (at is not null);
        return pages;
    }

    private static IEnumerable<string> Titles(JsonElement parent) =>
        parent.GetProperty("articles").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("title").GetString()!);
}

public sealed class SqliteArticleListTests() : ArticleListTests(TestDatabase.Sqlite);

public sealed class PostgresArticleListTests() : ArticleListTests(TestDatabase.Postgres);
