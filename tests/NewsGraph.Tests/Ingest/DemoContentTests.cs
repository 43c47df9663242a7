using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Ingest;

public sealed class DemoContentTests
{
    [Fact]
    public async Task The_demo_fills_an_empty_database_and_leaves_another_alone()
    {
        await using var house = await ImportHouse.BuildAsync();
        var demo = new DemoContent(house.Import, house.Databases);

        Assert.Equal(25, await demo.LoadIntoEmptyAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await demo.LoadIntoEmptyAsync(TestContext.Current.CancellationToken));

        var articles = await house.ArticlesAsync();
        var comments = await house.CommentsAsync();
        Assert.All(articles, a => Assert.InRange(a.WordCount, 120, 250));
        Assert.All(articles, a => Assert.True(a.Status == ArticleStatus.Published && a.Standfirst is { Length: > 0 } && a.Image is null));
        Assert.All(await house.TagsAsync(), t => Assert.True(t.ArticleCount > 0, t.Slug));
        Assert.All(await house.AuthorsAsync(), a => Assert.NotNull(a.Bio));
        Assert.Equal((5, 24), ((await house.AuthorsAsync()).Count, (await house.TagsAsync()).Count));
        Assert.Equal((80, 3), (comments.Count, comments.Max(c => c.Depth)));
        Assert.Equal(78, comments.Count(c => c.Status == CommentStatus.Approved));
        Assert.True(articles.Max(a => a.PublishedAt) < new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task An_article_of_the_demo_reads_as_it_was_written()
    {
        await using var house = await ImportHouse.BuildAsync();
        await new DemoContent(house.Import, house.Databases).LoadIntoEmptyAsync(TestContext.Current.CancellationToken);
        await using var db = house.Open();
        var article = await db.Set<Article>().Include(a => a.Tags).Include(a => a.Authors)
            .SingleAsync(a => a.Slug == "council-votes-for-tram-to-the-hospital", TestContext.Current.CancellationToken);

        Assert.Equal(["Budget", "Council", "Town", "Trams"], article.Tags.Select(t => t.Name).Order());
        Assert.Equal("Jonas Fairweather", Assert.Single(article.Authors).Name);
        Assert.Contains("<h3>What was decided</h3>", article.Body, StringComparison.Ordinal);
        Assert.Equal(8, article.CommentCount);
        Assert.Equal(new DateTime(2026, 9, 25, 19, 15, 0, DateTimeKind.Utc), article.PublishedAt);
    }
}
