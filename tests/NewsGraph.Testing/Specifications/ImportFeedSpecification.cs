using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Testing.Specifications;

/// <summary>What an import tells the feeds.</summary>
public abstract class ImportFeedSpecification(TestDatabase database)
{
    private const string Closed = "<wp:comment_status>closed</wp:comment_status>";

    [Fact]
    public async Task New_public_articles_are_told_and_their_comments_are_history()
    {
        await using var house = await ImportHouse.BuildAsync(database);

        await ImportAsync(house, Item(1), WxrFiles.Item(2, "Draft", status: "draft"), WxrFiles.Item(3, "Locked", extra: "<wp:post_password>x</wp:post_password>"), Item(4, Said(1)));

        Assert.Equal([(FeedEventKind.ArticlePublished, 1L, 0L), (FeedEventKind.ArticlePublished, 4, 0)], await ToldAsync(house, FeedNames.Articles));
        Assert.Equal([FeedNames.Articles], await FeedsAsync(house));
    }

    [Fact]
    public async Task The_same_again_is_no_news()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1), Said(2, parent: 1)));

        await ImportAsync(house, Item(1, Said(1), Said(2, parent: 1)));

        Assert.Single(await ToldAsync(house, FeedNames.Articles));
        Assert.Equal([FeedNames.Articles], await FeedsAsync(house));
    }

    [Fact]
    public async Task A_rehearsal_tells_nothing()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunAsync(WxrFiles.Export(Item(1)), dryRun: true);

        Assert.Empty(await FeedsAsync(house));
    }

    [Fact]
    public async Task A_changed_article_is_told_as_updated()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, WxrFiles.Item(1, "One"), WxrFiles.Item(2, "Two"));

        await ImportAsync(house, WxrFiles.Item(1, "One, corrected", slug: "one"), WxrFiles.Item(2, "Two", tags: "new"));

        Assert.Equal(
            [(FeedEventKind.ArticleUpdated, 1L, 0L), (FeedEventKind.ArticleUpdated, 2, 0)],
            (await ToldAsync(house, FeedNames.Articles)).Skip(2));
    }

    [Theory]
    [InlineData("draft", "")]
    [InlineData("private", "")]
    [InlineData("trash", "")]
    [InlineData("publish", "<wp:post_password>x</wp:post_password>")]
    public async Task An_article_that_goes_and_comes_back_says_so_in_both_feeds(string status, string extra)
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1)));

        await ImportAsync(house, WxrFiles.Item(1, "A", status: status, extra: Said(1) + extra));
        await ImportAsync(house, Item(1, Said(1)));

        Assert.Equal(
            [FeedEventKind.ArticlePublished, FeedEventKind.ArticleWithdrawn, FeedEventKind.ArticlePublished],
            (await ToldAsync(house, FeedNames.Articles)).Select(e => e.Kind));
        Assert.Equal(
            [(FeedEventKind.CommentsClosed, 1L, 0L), (FeedEventKind.CommentsOpened, 1, 1)],
            await ToldAsync(house, FeedNames.OfArticle(1)));
    }

    [Fact]
    public async Task A_door_that_closes_and_opens_is_told_in_the_articles_own_feed()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1)));

        await ImportAsync(house, Item(1, Said(1), Closed));
        await ImportAsync(house, Item(1, Said(1)));

        Assert.Equal(
            [(FeedEventKind.CommentsClosed, 1L, 1L), (FeedEventKind.CommentsOpened, 1, 1)],
            await ToldAsync(house, FeedNames.OfArticle(1)));
        Assert.Single(await ToldAsync(house, FeedNames.Articles));
    }

    [Theory]
    [InlineData("1", "0", FeedEventKind.CommentRemoved, 1)]
    [InlineData("1", "spam", FeedEventKind.CommentRemoved, 1)]
    [InlineData("1", "trash", FeedEventKind.CommentRemoved, 1)]
    [InlineData("0", "1", FeedEventKind.CommentAdded, 2)]
    public async Task A_comment_that_changes_sides_is_told(string before, string after, FeedEventKind kind, long count)
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1), Said(2, approved: before)));

        await ImportAsync(house, Item(1, Said(1), Said(2, approved: after)));

        Assert.Equal([(kind, 2L, count)], await ToldAsync(house, FeedNames.OfArticle(1)));
    }

    [Fact]
    public async Task Changes_of_one_article_come_in_thread_order_each_with_the_count_it_leaves()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1), Said(2)), Item(9));

        await ImportAsync(
            house,
            Item(1, Said(4, parent: 3), Said(1, text: "Better"), Said(2, approved: "trash"), Said(3, parent: 1), Said(5, approved: "0"), Closed),
            Item(9));

        var ids = (await house.CommentsAsync()).ToDictionary(c => c.BodyText, c => c.Id);
        Assert.Equal(
            [
                (FeedEventKind.CommentEdited, ids["Better"], 2L),
                (FeedEventKind.CommentRemoved, ids["Comment 2"], 1),
                (FeedEventKind.CommentAdded, ids["Comment 3"], 2),
                (FeedEventKind.CommentAdded, ids["Comment 4"], 3),
                (FeedEventKind.CommentsClosed, 1, 3),
            ],
            await ToldAsync(house, FeedNames.OfArticle(1)));
        Assert.Equal(3, (await house.ArticlesAsync())[0].CommentCount);
    }

    [Fact]
    public async Task What_changes_while_an_article_is_away_is_kept_for_those_who_come_back()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1)));
        await ImportAsync(house, WxrFiles.Item(1, "A", status: "draft", extra: Said(1)));

        await ImportAsync(house, WxrFiles.Item(1, "A", status: "draft", extra: Said(1) + Said(2)));
        await ImportAsync(house, Item(1, Said(1), Said(2)));

        Assert.Equal(
            [(FeedEventKind.CommentsClosed, 1L, 0L), (FeedEventKind.CommentAdded, 2, 0), (FeedEventKind.CommentsOpened, 1, 2)],
            await ToldAsync(house, FeedNames.OfArticle(1)));
    }

    [Fact]
    public async Task A_text_that_was_edited_here_is_kept_and_no_news()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await ImportAsync(house, Item(1, Said(1)));
        await house.ChangeAsync(db => db.Set<Comment>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Body, "<p>Ours</p>").SetProperty(c => c.EditedAt, house.Clock.GetUtcNow().UtcDateTime)));

        await ImportAsync(house, Item(1, Said(1, text: "Theirs")));

        Assert.Equal([FeedNames.Articles], await FeedsAsync(house));
    }

    private static string Item(int id, params string[] extra) => WxrFiles.Item(id, "A", extra: string.Concat(extra));

    private static string Said(int id, int parent = 0, string? text = null, string approved = "1") =>
        WxrFiles.Comment(id, parent, text ?? $"Comment {id}", approved);

    private static Task<ImportSummary> ImportAsync(ImportHouse house, params string[] items) => house.RunAsync(WxrFiles.Export(string.Concat(items)));

    private static async Task<List<(FeedEventKind Kind, long SubjectId, long Count)>> ToldAsync(ImportHouse house, string feed)
    {
        await using var db = house.Open();
        var events = await db.Set<FeedEvent>().Where(e => e.Feed == feed).OrderBy(e => e.Number).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Number));
        Assert.All(events, e => Assert.Equal(house.Clock.GetUtcNow().UtcDateTime, e.At));
        return events.ConvertAll(e => (e.Kind, e.SubjectId, e.Count));
    }

    private static async Task<List<string>> FeedsAsync(ImportHouse house)
    {
        await using var db = house.Open();
        return await db.Set<Feed>().Select(f => f.Name).ToListAsync(TestContext.Current.CancellationToken);
    }
}
