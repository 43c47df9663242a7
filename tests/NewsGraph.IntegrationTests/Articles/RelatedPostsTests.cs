using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Related;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary>
/// What is remembered of related posts between requests never outlives a change, wherever that was made. So whole results
/// are not kept here; what becomes of those is shown by <c>ResponseCacheRule</c>.
/// </summary>
public sealed class RelatedPostsTests
{
    private static readonly IReadOnlyList<string> NothingKept = ["--ResponseCache:Enabled=false"];

    private const string Query = """{ articleBySlug(slug: "article-1") { relatedPosts(first: 5) { article { slug } reasons { label } } } }""";

    [Fact]
    public async Task A_change_made_elsewhere_shows_in_the_next_answer()
    {
        await using var reading = await TestGateway.StartAsync(new TestGatewayOptions { Settings = NothingKept });
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
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = NothingKept });
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

    [Fact]
    public async Task A_stored_list_serves_the_next_process_in_one_statement()
    {
        await using var first = await TestGateway.StartAsync();
        await first.WriteAsync(db => FillAsync(db, articles: 30));
        Assert.Equal(30, await first.Services.GetRequiredService<PrepareRelatedPosts>().RunAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal(0, await first.Services.GetRequiredService<PrepareRelatedPosts>().RunAsync(null, TestContext.Current.CancellationToken));
        await using var second = await TestGateway.StartAsync(new TestGatewayOptions { Directory = first.Directory });
        second.Statements.Clear();

        Assert.Equal(["article-30", "article-29", "article-28", "article-27", "article-26"], await SlugsAsync(second));

        Assert.Equal(3, second.Statements.Statements.Count);
    }

    [Fact]
    public async Task More_than_is_stored_is_found_when_it_is_asked_for()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(db => FillAsync(db, articles: 40));
        await gateway.Services.GetRequiredService<PrepareRelatedPosts>().RunAsync(null, TestContext.Current.CancellationToken);

        var data = await gateway.QueryAsync(Query.Replace("first: 5", "first: 50", StringComparison.Ordinal));

        Assert.Equal(39, data.GetProperty("articleBySlug").GetProperty("relatedPosts").GetArrayLength());
    }

    [Fact]
    public async Task A_list_is_stored_behind_the_reader_who_had_it_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(db => FillAsync(db, articles: 3));

        await SlugsAsync(gateway);

        await Waiting.UntilAsync(() => gateway.ReadAsync(db => db.Set<RelatedList>().AnyAsync(l => l.ArticleId == 1)));
    }

    private static async Task FillAsync(NewsContext db, int articles)
    {
        var news = new SampleNews(db);
        var city = await news.TagAsync("City");
        for (var i = 0; i < articles; i++)
        {
            await news.ArticleAsync(city);
        }
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
