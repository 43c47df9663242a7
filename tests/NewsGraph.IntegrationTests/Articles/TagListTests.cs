using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Articles;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary>The articles of one tag, which are read from the tag's links.</summary>
public sealed class TagListTests
{
    private const string ByTag =
        """
        query($tag: String!, $after: String, $title: String) {
          articles(first: 2, after: $after, where: { tags: { some: { slug: { eq: $tag } } }, title: { neq: $title } }, order: [{ publishedAt: DESC }]) {
            nodes { slug } pageInfo { endCursor hasNextPage hasPreviousPage } totalCount
          }
          tagBySlug(slug: $tag) { articles(first: 50) { nodes { slug } } }
        }
        """;

    [Fact]
    public async Task Pages_follow_the_links_by_date_and_by_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var (city, sport) = (await news.TagAsync("City"), await news.TagAsync("Sport"));
            for (var i = 0; i < 4; i++)
            {
                await news.ArticleAsync(a => a.PublishedAt = SampleNews.Start, city);
            }

            await news.ArticleAsync(a => a.PublishedAt = SampleNews.Start.AddDays(-1), sport, city);
            await news.ArticleAsync(a => a.Status = ArticleStatus.Draft, city);
            await news.ArticleAsync(sport);
        });

        Assert.Equal("article-4 article-3 | article-2 article-1 | article-5", await WalkAsync(gateway, "city"));
        Assert.Equal("article-7 article-5", await WalkAsync(gateway, "sport"));
        Assert.Equal("", await WalkAsync(gateway, "nowhere"));
        var first = (await gateway.QueryAsync(ByTag, new { tag = "city", title = "Article 004" })).GetProperty("articles");
        Assert.Equal(["article-3", "article-2"], Slugs(first));
        Assert.Equal(4, first.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_list_holds_what_is_public_whenever_that_changes()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var city = await news.TagAsync("City");
            await news.ArticleAsync(city);
            await news.ArticleAsync(city);
        });

        await gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(2, ArticleStatus.Draft, TestContext.Current.CancellationToken);
        Assert.Equal("article-1", await WalkAsync(gateway, "city"));
        Assert.Equal(1, await gateway.ReadAsync(db => db.Set<ArticleTag>().CountAsync(link => link.ListedAt != null)));

        await gateway.Services.GetRequiredService<PublishArticle>().RunAsync(2, TestContext.Current.CancellationToken);
        Assert.Equal("article-2 article-1", await WalkAsync(gateway, "city"));
    }

    [Fact]
    public async Task A_list_is_asked_for_by_its_index_whatever_the_filter_is_given_as()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db => await new SampleNews(db).TagAsync("City"));
        await WalkAsync(gateway, "city");
        gateway.Statements.Clear();

        await WalkAsync(gateway, "city");

        Assert.All(gateway.Statements.Statements.Where(s => s.Contains("LIMIT @P0", StringComparison.Ordinal)), s => Assert.Contains("\"ListedAt\" DESC", s, StringComparison.Ordinal));
    }

    private static async Task<string> WalkAsync(TestGateway gateway, string tag)
    {
        var pages = new List<string>();
        string? after = null;
        do
        {
            var data = await gateway.QueryAsync(ByTag, new { tag, after, title = "" });
            var page = data.GetProperty("articles");
            pages.Add(string.Join(' ', Slugs(page)));
            Assert.Equal(after is not null, page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
            if (after is null && data.GetProperty("tagBySlug") is { ValueKind: JsonValueKind.Object } known)
            {
                Assert.Equal(string.Join(' ', Slugs(known.GetProperty("articles"))), string.Join(' ', pages));
            }
        }
        while (after is not null);

        return string.Join(" | ", pages);
    }

    private static List<string?> Slugs(JsonElement page) => [.. page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("slug").GetString())];
}
