using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary>Long texts are read only when they are asked for, and served whenever they are.</summary>
public sealed class ReadOnDemandTests
{
    [Fact]
    public async Task A_list_reads_no_text_that_nobody_asked_for()
    {
        await using var gateway = await StartAsync();
        gateway.Statements.Clear();

        await gateway.QueryAsync("{ articles { nodes { title comments { nodes { body } } } } }");

        Assert.All(gateway.Statements.Statements, statement => Assert.DoesNotContain("\"BodyText\"", statement, StringComparison.Ordinal));
        Assert.Single(gateway.Statements.Statements, statement => statement.Contains("\"Body\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ articleBySlug(slug: "article-1") { title } articleBySlug(slug: "article-1") { body bodyText } }""")]
    [InlineData("""{ articleBySlug(slug: "article-1") { title } ... on Query { articleBySlug(slug: "article-1") { ...T } } } fragment T on Article { ... on Node { ... on Article { body bodyText } } }""")]
    public async Task A_text_selected_in_another_place_is_served_all_the_same(string query)
    {
        await using var gateway = await StartAsync();

        var article = (await gateway.QueryAsync(query)).GetProperty("articleBySlug");

        Assert.Equal("<p>The text.</p>", article.GetProperty("body").GetString());
        Assert.Equal("The text.", article.GetProperty("bodyText").GetString());
    }

    [Fact]
    public async Task A_text_that_was_not_read_refuses_to_be_empty()
    {
        await using var storage = await TestStorage.StartAsync();
        await storage.WriteAsync(scope => new SampleNews(scope.Db).ArticleAsync(), TestContext.Current.CancellationToken);
        var all = Query.Of((NewsContext db, long id) => db.Set<Article>().Where(a => a.Id == id));

        var without = Assert.Single(await storage.Reader.ReadAsync(all, 1L, cancellationToken: TestContext.Current.CancellationToken));
        var with = Assert.Single(await storage.Reader.ReadAsync(all, 1L, Demand.Of([nameof(Article.Body)]), TestContext.Current.CancellationToken));

        Assert.Throws<UnreadException>(() => without.Body);
        Assert.Throws<UnreadException>(() => without.Standfirst);
        Assert.Throws<UnreadException>(() => without.CanonicalUrl);
        Assert.Equal("<p>The text.</p>", with.Body);
        Assert.Throws<UnreadException>(() => with.BodyText);
        Assert.Equal("The text.", await storage.ReadAsync(db => db.Set<Article>().Select(a => a.BodyText).SingleAsync()));
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            await news.CommentAsync(await news.ArticleAsync());
        });
        return gateway;
    }
}
