using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Comments;

/// <summary><c>onCommentCountsChanged</c>.</summary>
public sealed class CommentCountSubscriptionTests : IAsyncLifetime
{
    private const string OnCountsChanged =
        "subscription($ids: [ID!]!) { onCommentCountsChanged(articleIds: $ids) { counts { articleId commentCount } } }";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private TestGateway _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Time = _clock });
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            await news.CommentAsync(await news.ArticleAsync());
            await news.ArticleAsync();
            await news.ArticleAsync(a => a.IsProtected = true);
            await news.ArticleAsync(a => a.Status = ArticleStatus.Draft);
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_first_event_has_every_articles_count_once()
    {
        await using var stream = await SubscribeAsync(3, 1, 2, 1);

        Assert.Equal("1:1 2:0 3:0", await NextAsync(stream));
    }

    [Fact]
    public async Task Changes_arrive_together_and_at_most_once_a_second()
    {
        await using var stream = await SubscribeAsync(1, 2);
        await stream.NextAsync();

        await PostAsync(1);
        Assert.Equal("1:2", await NextAsync(stream));
        await PostAsync(1);
        await PostAsync(2);
        await PostAsync(2);
        await HeardAsync(1, 2);
        await HeardAsync(2, 2);
        _clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(1));
        await PostAsync(1);
        await HeardAsync(1, 3);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("1:4 2:2", await NextAsync(stream));
    }

    [Fact]
    public async Task What_changes_no_count_is_not_told()
    {
        await using var stream = await SubscribeAsync(1, 2);
        await stream.NextAsync();

        await _gateway.Services.GetRequiredService<EditComment>().RunAsync(1, "Better", Token);
        await _gateway.Services.GetRequiredService<LikeComment>().RunAsync(1, Token);
        await _gateway.Services.GetRequiredService<CloseComments>().RunAsync(1, Token);
        await PostAsync(2);

        Assert.Equal("2:1", await NextAsync(stream));
    }

    [Fact]
    public async Task A_removed_comment_and_a_withdrawn_article_are_told()
    {
        await using var stream = await SubscribeAsync(1, 2);
        await stream.NextAsync();
        await PostAsync(2);
        Assert.Equal("2:1", await NextAsync(stream));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await _gateway.Services.GetRequiredService<RemoveComment>().RunAsync(1, CommentStatus.Spam, Token);
        Assert.Equal("1:0", await NextAsync(stream));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(2, ArticleStatus.Trash, Token);

        Assert.Equal("2:0", await NextAsync(stream));
    }

    [Fact]
    public async Task Whoever_joins_later_gets_the_counts_of_then_and_what_follows()
    {
        await using var first = await SubscribeAsync(1, 2);
        await first.NextAsync();
        await PostAsync(1);
        await first.NextAsync();

        await using var second = await SubscribeAsync(2, 1);
        Assert.Equal("1:2 2:0", await NextAsync(second));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await PostAsync(2);

        Assert.Equal("2:1", await NextAsync(first));
        Assert.Equal("2:1", await NextAsync(second));
    }

    [Fact]
    public async Task The_same_articles_in_any_order_share_one_execution()
    {
        using var counts = new SubscriptionCounts(_gateway.Services);
        await using var one = await SubscribeAsync(1, 2);
        await using var two = await SubscribeAsync(2, 1, 2);
        await using var other = await SubscribeAsync(1);
        await Task.WhenAll(one.NextAsync(), two.NextAsync(), other.NextAsync());

        await PostAsync(2);

        Assert.Equal(["2:1", "2:1"], await Task.WhenAll(NextAsync(one), NextAsync(two)));
        Assert.Equal((2, 1), (counts.Groups, counts.Executions));
    }

    [Fact]
    public async Task A_hundred_articles_are_followed_once_for_all_and_released_by_the_last()
    {
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            for (var i = 0; i < 97; i++)
            {
                var number = i;
                await news.ArticleAsync(a => a.Slug = $"more-{number}");
            }
        });
        var ids = Enumerable.Range(1, 101).Select(n => (long)n).Where(n => n != 4).ToArray();
        var hub = _gateway.Services.GetRequiredService<FeedHub>();

        await using (var one = await SubscribeAsync(ids))
        await using (var two = await SubscribeAsync(ids))
        {
            await one.NextAsync();
            await two.NextAsync();
            Assert.Equal(100, hub.FollowedCount);
        }

        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (hub.FollowedCount > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("TOO_MANY_ARTICLES", 101)]
    [InlineData("ARTICLE_NOT_FOUND", 99, 1)]
    [InlineData("ARTICLE_NOT_FOUND", 4, 1)]
    public async Task What_cannot_be_followed_is_refused_and_follows_nothing(string code, int from, int count = 101)
    {
        await using var stream = await SubscribeAsync([.. Enumerable.Range(from, count).Select(n => (long)n)]);

        var error = (await stream.NextAsync()).GetProperty("errors")[0];

        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(0, _gateway.Services.GetRequiredService<FeedHub>().FollowedCount);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("VGFnOjE=")]
    public async Task What_is_no_articles_id_is_refused(string id)
    {
        await using var stream = await _gateway.SubscribeAsync(OnCountsChanged, new { ids = new[] { id } });

        Assert.Equal(id, (await stream.NextAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("originalValue").GetString());
    }

    private Task<EventStream> SubscribeAsync(params long[] ids) =>
        _gateway.SubscribeAsync(OnCountsChanged, new { ids = ids.Select(id => GlobalId.Format("Article", id)) });

    private Task<PostCommentOutcome> PostAsync(long articleId) => _gateway.Services.GetRequiredService<PostComment>()
        .RunAsync(new PostCommentRequest(articleId, null, "Ada", "ada@example.com", null, Guid.NewGuid().ToString(), null, null), Token);

    /// <summary>Waits until this node has delivered an event of an article's feed: then the counts have it, too.</summary>
    private async Task HeardAsync(long articleId, long number)
    {
        var hub = _gateway.Services.GetRequiredService<FeedHub>();
        using var limit = new CancellationTokenSource(Waiting.Limit);
        await using var subscription = await hub.FollowAsync(FeedNames.OfArticle(articleId), limit.Token);
        if (subscription.After < number)
        {
            await foreach (var item in subscription.WithCancellation(limit.Token))
            {
                if (item.Number >= number)
                {
                    return;
                }
            }
        }
    }

    private static async Task<string> NextAsync(EventStream stream)
    {
        var counts = (await stream.NextAsync()).GetProperty("data").GetProperty("onCommentCountsChanged").GetProperty("counts");
        return string.Join(' ', counts.EnumerateArray().Select(c => $"{Key(c.GetProperty("articleId"))}:{c.GetProperty("commentCount")}"));
    }

    private static long Key(JsonElement id) => GlobalId.TryParse(id.GetString(), out var parsed) && parsed.TryGetInt64(out var key) ? key : 0;
}
