using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary>What is remembered of related posts between requests never outlives a change, wherever that was made.</summary>
public sealed class RelatedPostsTests
{
    private const string Query = """{ articleBySlug(slug: "article-1") { relatedPosts(first: 5) { article { slug } reasons { label } } } }""";

    [Fact]
    public async Task A_change_made_elsewhere_shows_in_the_next_answer()
    {
        await using var reading = await TestGateway.StartAsync();
        await using var changing = await TestGateway.StartAsync(new TestGatewayOptions { Directory = reading.Directory });
        var ids = new List<long>();
        await changing.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var (city, sport) = (await news.TagAsync("City"), await news.TagAsync("Sport"));
            await news.ArticleAsync(city, sport);
            ids.Add((await news.ArticleAsync(city)).Id);
            ids.Add((await news.ArticleAsync(city, sport)).Id);
        });
        Assert.Equal(["article-3", "article-2"], await SlugsAsync(reading));

        await changing.WriteAsync(db => SetAsync(db, ids[1], ArticleStatus.Draft, -1));
        Assert.Equal(["article-2"], await SlugsAsync(reading));

        await changing.WriteAsync(db => SetAsync(db, ids[1], ArticleStatus.Published, 1));
        Assert.Equal(["article-3", "article-2"], await SlugsAsync(reading));
    }

    [Fact]
    public async Task What_is_remembered_is_not_asked_for_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var city = await news.TagAsync("City");
            await news.ArticleAsync(city);
            await news.ArticleAsync(city);
        });
        await gateway.QueryAsync(Query);
        var first = gateway.Statements.Statements.Count;
        gateway.Statements.Clear();

        await gateway.QueryAsync(Query);

        Assert.Equal(3, gateway.Statements.Statements.Count);
        Assert.True(first > 3);
    }

    private static async Task SetAsync(Microsoft.EntityFrameworkCore.DbContext db, long id, ArticleStatus status, int step)
    {
        await db.Set<Article>().Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, status));
        var tags = db.Set<ArticleTag>().Where(link => link.ArticleId == id).Select(link => link.TagId);
        await db.Set<Tag>().Where(t => tags.Contains(t.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.ArticleCount, t => t.ArticleCount + step)
            .SetProperty(t => t.Revision, t => t.Revision + 1));
    }

    private static async Task<List<string?>> SlugsAsync(TestGateway gateway)
    {
        var data = await gateway.QueryAsync(Query);
        return [.. data.GetProperty("articleBySlug").GetProperty("relatedPosts").EnumerateArray().Select(Slug)];
    }

    private static string? Slug(JsonElement related) => related.GetProperty("article").GetProperty("slug").GetString();
}
