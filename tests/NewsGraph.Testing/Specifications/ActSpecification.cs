using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Testing.Specifications;

/// <summary>What the acts do to rows, counts and feeds, in whatever database.</summary>
public abstract partial class ActSpecification : IAsyncLifetime
{
    private ActFixture _house = null!;

    private static CancellationToken Token => CancellationToken.None;

    public async ValueTask InitializeAsync() => _house = await ActFixture.StartAsync(await CreatePostgresAsync());

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _house.DisposeAsync();
    }

    [Fact]
    public async Task A_published_article_is_told_in_both_feeds_and_counted_by_its_tags()
    {
        var (article, tag) = await ArticleAsync(ArticleStatus.Draft);

        Assert.True(await _house.Act<PublishArticle>().RunAsync(article.Id, Token));
        Assert.True(await _house.Act<PublishArticle>().RunAsync(article.Id, Token));

        Assert.Equal([new FeedNews(FeedEventKind.ArticlePublished, article.Id, 0)], await _house.ToldAsync(FeedNames.Articles));
        Assert.Equal([new FeedNews(FeedEventKind.CommentsOpened, article.Id, 1)], await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        Assert.Equal(1, (await _house.ReadAsync<Tag>(tag)).ArticleCount);
    }

    [Fact]
    public async Task An_article_keeps_its_date_unless_it_lies_ahead()
    {
        var past = _house.Clock.GetUtcNow().UtcDateTime.AddDays(-1);
        var ids = await _house.GivenAsync(async news => new[]
        {
            (await news.ArticleAsync(a => (a.Status, a.PublishedAt) = (ArticleStatus.Private, past))).Id,
            (await news.ArticleAsync(a => (a.Status, a.PublishedAt) = (ArticleStatus.Scheduled, past.AddDays(30)))).Id,
            (await news.ArticleAsync(a => (a.Status, a.PublishedAt) = (ArticleStatus.Draft, null))).Id,
        });

        List<DateTime?> dates = [];
        foreach (var id in ids)
        {
            await _house.Act<PublishArticle>().RunAsync(id, Token);
            dates.Add((await _house.ReadAsync<Article>(id)).PublishedAt);
        }

        Assert.Equal([past, past.AddDays(1), past.AddDays(1)], dates);
    }

    [Theory]
    [InlineData(ArticleStatus.Draft)]
    [InlineData(ArticleStatus.Private)]
    [InlineData(ArticleStatus.Trash)]
    public async Task A_withdrawn_article_is_told_in_both_feeds_and_no_longer_counted(ArticleStatus status)
    {
        var (article, tag) = await ArticleAsync(ArticleStatus.Published);

        Assert.True(await _house.Act<WithdrawArticle>().RunAsync(article.Id, status, Token));
        Assert.True(await _house.Act<WithdrawArticle>().RunAsync(article.Id, ArticleStatus.Trash, Token));

        Assert.Equal([new FeedNews(FeedEventKind.ArticleWithdrawn, article.Id, 0)], await _house.ToldAsync(FeedNames.Articles));
        Assert.Equal([new FeedNews(FeedEventKind.CommentsClosed, article.Id, 0)], await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        Assert.Equal(0, (await _house.ReadAsync<Tag>(tag)).ArticleCount);
        Assert.Equal(1, (await _house.ReadAsync<Article>(article.Id)).CommentCount);
    }

    [Fact]
    public async Task Comments_are_closed_and_opened_and_told_once_each()
    {
        var (article, _) = await ArticleAsync(ArticleStatus.Published);
        var feed = FeedNames.OfArticle(article.Id);

        Assert.True(await _house.Act<CloseComments>().RunAsync(article.Id, Token));
        Assert.True(await _house.Act<CloseComments>().RunAsync(article.Id, Token));
        Assert.IsType<CommentsClosedError>(Assert.Single((await _house.PostAsync(article.Id, "Too late")).Errors));
        Assert.True(await _house.Act<OpenComments>().RunAsync(article.Id, Token));

        Assert.Equal(
            [new FeedNews(FeedEventKind.CommentsClosed, article.Id, 1), new FeedNews(FeedEventKind.CommentsOpened, article.Id, 1)],
            await _house.ToldAsync(feed));
        Assert.Empty(await _house.ToldAsync(FeedNames.Articles));
        Assert.Empty((await _house.PostAsync(article.Id, "In time")).Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_told_of_what_readers_cannot_read(bool isProtected)
    {
        var (article, _) = await ArticleAsync(isProtected ? ArticleStatus.Published : ArticleStatus.Draft, isProtected);

        await _house.Act<CloseComments>().RunAsync(article.Id, Token);
        await _house.Act<WithdrawArticle>().RunAsync(article.Id, ArticleStatus.Trash, Token);

        Assert.Empty(await _house.ToldAsync(FeedNames.OfArticle(article.Id)));
        Assert.Empty(await _house.ToldAsync(FeedNames.Articles));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_changed()
    {
        Assert.False(await _house.Act<PublishArticle>().RunAsync(9, Token));
        Assert.False(await _house.Act<WithdrawArticle>().RunAsync(9, ArticleStatus.Trash, Token));
        Assert.False(await _house.Act<OpenComments>().RunAsync(9, Token));
        Assert.False(await _house.Act<RemoveComment>().RunAsync(9, CommentStatus.Trash, Token));
        Assert.False(await _house.Act<RestoreComment>().RunAsync(9, Token));
        Assert.Null(await _house.Act<LikeComment>().RunAsync(9, Token));
        Assert.IsType<CommentNotFoundError>(Assert.Single((await _house.Act<EditComment>().RunAsync(9, "Text", Token)).Errors));
    }

    /// <summary>The connection string of the test's PostgreSQL database; null for SQLite.</summary>
    protected virtual Task<string?> CreatePostgresAsync() => Task.FromResult<string?>(null);

    private async Task<(Article Article, long TagId)> ArticleAsync(ArticleStatus status, bool isProtected = false) =>
        await _house.GivenAsync(async news =>
        {
            var tag = await news.TagAsync("Sport");
            var article = await news.ArticleAsync(a => (a.Status, a.IsProtected) = (status, isProtected), tag);
            await news.CommentAsync(article);
            return (article, tag.Id);
        });
}
