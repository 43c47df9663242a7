using System.Text.Json;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

public abstract class ArticleTests(TestDatabase database) : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task An_article_is_found_by_slug_by_address_and_by_id()
    {
        await NewsAsync(async news => await news.ArticleAsync(a => a.CanonicalUrl = "https://news.example/one"));

        var data = await _gateway.QueryAsync(
            """
            query($id: ID!) {
              bySlug: articleBySlug(slug: "article-1") { id }
              byUrl: articleByUrl(url: "https://news.example/one") { id }
              node(id: $id) { id __typename }
              none: articleBySlug(slug: "other") { id }
            }
            """,
            new { id = Id("Article", 1) });

        Assert.Equal("QXJ0aWNsZTox", data.GetProperty("bySlug").GetProperty("id").GetString());
        Assert.Equal("QXJ0aWNsZTox", data.GetProperty("byUrl").GetProperty("id").GetString());
        Assert.Equal("Article", data.GetProperty("node").GetProperty("__typename").GetString());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("none").ValueKind);
    }

    [Fact]
    public async Task Nodes_of_every_type_come_in_the_order_asked_for()
    {
        await NewsAsync(async news =>
        {
            var article = await news.ArticleAsync(await news.TagAsync("City"));
            await news.AuthorAsync("Ada");
            await news.CommentAsync(article);
        });
        string[] ids = [Id("Comment", 1), Id("Article", 99), Id("Author", 1), Id("Robot", 1), Id("Tag", 1), Id("Article", 1)];

        var nodes = (await _gateway.QueryAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", new { ids })).GetProperty("nodes");

        Assert.Equal(
            ["Comment", null, "Author", null, "Tag", "Article"],
            nodes.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? null : n.GetProperty("__typename").GetString()));
    }

    [Fact]
    public async Task A_bad_id_and_too_many_ids_are_refused()
    {
        var bad = await _gateway.FailAsync("{ node(id: \"!!\") { id } }");
        var many = await _gateway.FailAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = Enumerable.Range(1, 51).Select(n => Id("Tag", n)) });

        Assert.Equal("The node ID string has an invalid format.", bad.GetProperty("message").GetString());
        Assert.Equal("!!", bad.GetProperty("extensions").GetProperty("originalValue").GetString());
        Assert.Equal("HC0076", many.GetProperty("extensions").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(ArticleStatus.Draft)]
    [InlineData(ArticleStatus.Pending)]
    [InlineData(ArticleStatus.Scheduled)]
    [InlineData(ArticleStatus.Private)]
    [InlineData(ArticleStatus.Trash)]
    public async Task What_is_not_published_comes_out_nowhere(ArticleStatus status)
    {
        await NewsAsync(async news =>
        {
            var tag = await news.TagAsync("City");
            await news.ArticleAsync(tag);
            var hidden = await news.ArticleAsync(a => (a.Status, a.CanonicalUrl) = (status, "https://news.example/hidden"), tag);
            await news.ArticleAsync(tag);
            await news.CommentAsync(hidden);
        });

        var data = await _gateway.QueryAsync(
            """
            query($article: ID!, $comment: ID!) {
              node(id: $article) { id }
              comment: node(id: $comment) { id }
              articleBySlug(slug: "article-2") { id }
              articleByUrl(url: "https://news.example/hidden") { id }
              articles { totalCount nodes { title nextPost { title } previousPost { title } relatedPosts { article { title } } } }
              tagBySlug(slug: "city") { articles(where: { wordCount: { gte: 0 } }) { totalCount nodes { title } } }
            }
            """,
            new { article = Id("Article", 2), comment = Id("Comment", 1) });

        Assert.DoesNotContain("Article 002", data.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, data.GetProperty("articles").GetProperty("totalCount").GetInt32());
        Assert.Equal(2, data.GetProperty("tagBySlug").GetProperty("articles").GetProperty("totalCount").GetInt32());
        foreach (var field in new[] { "node", "comment", "articleBySlug", "articleByUrl" })
        {
            Assert.Equal(JsonValueKind.Null, data.GetProperty(field).ValueKind);
        }
    }

    [Fact]
    public async Task An_article_behind_a_password_shows_its_title_alone()
    {
        await NewsAsync(async news =>
        {
            var article = await news.ArticleAsync(a => (a.IsProtected, a.Standfirst) = (true, "Secret."));
            await news.CommentAsync(article);
        });

        var data = await _gateway.QueryAsync(
            """
            query($comment: ID!) {
              articleBySlug(slug: "article-1") {
                title standfirst body bodyText commentCount commentsOpen
                comments { totalCount nodes { id } }
                flat: comments(threading: FLAT) { totalCount nodes { id } }
              }
              node(id: $comment) { id }
              guessed: articles(where: { standfirst: { startsWith: "S" } }) { totalCount }
            }
            """,
            new { comment = Id("Comment", 1) });

        Assert.Equal(
            """{"title":"Article 001","standfirst":null,"body":"","bodyText":"","commentCount":0,"commentsOpen":false,"comments":{"totalCount":0,"nodes":[]},"flat":{"totalCount":0,"nodes":[]}}""",
            data.GetProperty("articleBySlug").GetRawText());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("node").ValueKind);
        Assert.Equal(0, data.GetProperty("guessed").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task Neighbours_step_by_date_then_id_and_within_a_tag()
    {
        await NewsAsync(async news =>
        {
            var city = await news.TagAsync("City");
            await news.ArticleAsync(city);
            await news.ArticleAsync();
            await news.ArticleAsync(a => a.PublishedAt = SampleNews.Start.AddDays(1), city);
        });

        var data = await _gateway.QueryAsync(
            """
            query($tag: ID!) {
              articles(order: { publishedAt: ASC }) {
                nodes { slug nextPost { slug } previousPost { slug } nextInTag: nextPost(tag: $tag) { slug } }
              }
            }
            """,
            new { tag = Id("Tag", 1) });

        Assert.Equal(
            [("article-1", "article-2", null, "article-3"), ("article-2", "article-3", "article-1", "article-3"), ("article-3", null, "article-2", null)],
            data.GetProperty("articles").GetProperty("nodes").EnumerateArray()
                .Select(n => (n.GetProperty("slug").GetString(), Slug(n, "nextPost"), Slug(n, "previousPost"), Slug(n, "nextInTag"))));
    }

    [Fact]
    public async Task Related_posts_say_why_and_never_name_the_article_itself()
    {
        await NewsAsync(async news =>
        {
            var city = await news.TagAsync("City");
            var rare = await news.TagAsync("Rare");
            await news.ArticleAsync(city, rare);
            await news.ArticleAsync(city, rare);
            await news.ArticleAsync(city);
            await news.ArticleAsync();
        });

        var data = await _gateway.QueryAsync(
            "{ articleBySlug(slug: \"article-1\") { relatedPosts { article { slug } score reasons { kind label } } all: relatedPosts(first: 1) { score } } }");

        var article = data.GetProperty("articleBySlug");
        var related = article.GetProperty("relatedPosts").EnumerateArray().ToList();
        Assert.Equal(["article-2", "article-3"], related.Select(r => r.GetProperty("article").GetProperty("slug").GetString()));
        Assert.Equal("""[{"kind":"SHARED_TAG","label":"Rare"},{"kind":"SHARED_TAG","label":"City"}]""", related[0].GetProperty("reasons").GetRawText());
        Assert.True(related[0].GetProperty("score").GetDouble() > related[1].GetProperty("score").GetDouble());
        Assert.Equal(1, article.GetProperty("all").GetArrayLength());
        Assert.Equal("HC0051", (await _gateway.FailAsync("{ articles { nodes { relatedPosts(first: 51) { score } } } }")).GetProperty("extensions").GetProperty("code").GetString());
    }

    private static string? Slug(JsonElement article, string field) =>
        article.GetProperty(field) is { ValueKind: JsonValueKind.Object } other ? other.GetProperty("slug").GetString() : null;

    private static string Id(string type, long key) => GlobalId.Format(type, key);

    private Task NewsAsync(Func<SampleNews, Task> write) => _gateway.WriteAsync(db => write(new SampleNews(db)));
}

public sealed class SqliteArticleTests() : ArticleTests(TestDatabase.Sqlite);

public sealed class PostgresArticleTests() : ArticleTests(TestDatabase.Postgres);
