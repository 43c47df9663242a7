using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Articles;

/// <summary><c>onArticlePublished</c>.</summary>
public sealed class ArticleSubscriptionTests : IAsyncLifetime
{
    private const string OnArticlePublished =
        """
        subscription($tags: [String!], $after: String) {
          onArticlePublished(tags: $tags, after: $after) {
            __typename position
            ... on ArticlePublished { article { slug tags { slug } } }
            ... on ArticleUpdated { article { slug title } }
            ... on ArticleWithdrawn { articleId reason }
            ... on FeedReset { resetReason: reason }
          }
        }
        """;

    private TestGateway _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var (sport, town) = (await news.TagAsync("Sport"), await news.TagAsync("Town"));
            await news.ArticleAsync(a => a.Status = ArticleStatus.Draft, sport);
            await news.ArticleAsync(a => a.Status = ArticleStatus.Draft, town);
            await news.ArticleAsync(a => a.Status = ArticleStatus.Draft, sport, town);
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Articles_that_come_change_and_go_arrive_once_and_in_order()
    {
        await using var stream = await SubscribeAsync();

        // One at a time: an event is told as things are when it is delivered.
        await PublishAsync(1);
        Assert.Equal("""ArticlePublished {"slug":"article-1","tags":[{"slug":"sport"}]}""", await NextAsync(stream));
        await UpdateAsync(1, "Better");
        Assert.Equal("""ArticleUpdated {"slug":"article-1","title":"Better"}""", await NextAsync(stream));
        await WithdrawAsync(1, ArticleStatus.Private);
        Assert.Equal("ArticleWithdrawn 1 PRIVATE", await NextAsync(stream));
    }

    [Theory]
    [InlineData(ArticleStatus.Draft, "UNPUBLISHED")]
    [InlineData(ArticleStatus.Pending, "UNPUBLISHED")]
    [InlineData(ArticleStatus.Scheduled, "UNPUBLISHED")]
    [InlineData(ArticleStatus.Private, "PRIVATE")]
    [InlineData(ArticleStatus.Trash, "REMOVED")]
    [InlineData(ArticleStatus.Published, "PROTECTED")]
    public async Task A_withdrawal_says_why(ArticleStatus status, string reason)
    {
        await using var stream = await SubscribeAsync();
        await _gateway.WriteAsync(db => db.Set<Article>().Where(a => a.Id == 1)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, status).SetProperty(a => a.IsProtected, status == ArticleStatus.Published), Token));

        await TellAsync(FeedEventKind.ArticleWithdrawn, 1);

        Assert.Equal($"ArticleWithdrawn 1 {reason}", await NextAsync(stream));
    }

    [Fact]
    public async Task Tags_choose_the_articles_and_an_unknown_one_is_no_error()
    {
        await using var sport = await SubscribeAsync(tags: ["sport", "chess"]);
        await using var both = await SubscribeAsync(tags: ["town", "sport"]);
        await using var none = await SubscribeAsync(tags: []);

        await PublishAsync(2);
        await PublishAsync(3);
        Assert.Equal(["article-2", "article-3"], await SlugsAsync(both, 2));
        Assert.Equal(["article-2", "article-3"], await SlugsAsync(none, 2));
        await WithdrawAsync(2, ArticleStatus.Trash);
        Assert.Equal("ArticleWithdrawn 2 REMOVED", await NextAsync(both));
        await PublishAsync(1);

        Assert.Equal(["article-3", "article-1"], await SlugsAsync(sport, 2));
    }

    [Fact]
    public async Task The_same_tags_in_any_order_share_one_execution()
    {
        using var counts = new SubscriptionCounts(_gateway.Services);
        await using var one = await SubscribeAsync(tags: ["sport", "town"]);
        await using var two = await SubscribeAsync(tags: ["town", "sport", "town"]);
        await using var other = await SubscribeAsync(tags: ["sport|town"]);

        await PublishAsync(2);

        Assert.Equal(["article-2", "article-2"], [.. await SlugsAsync(one, 1), .. await SlugsAsync(two, 1)]);
        Assert.Equal((2, 1), (counts.Groups, counts.Executions));
    }

    [Fact]
    public async Task The_tags_that_count_are_those_the_article_has_at_delivery()
    {
        await PublishAsync(1);
        await using var first = await SubscribeAsync();
        await PublishAsync(2);
        var position = Position(Event(await first.NextAsync()));
        await UpdateAsync(1, "Moved");
        await _gateway.WriteAsync(db => db.Set<ArticleTag>().Where(l => l.ArticleId == 1).ExecuteUpdateAsync(set => set.SetProperty(l => l.TagId, 2), Token));

        await using var sport = await SubscribeAsync(tags: ["sport"], after: position);
        await using var town = await SubscribeAsync(tags: ["town"], after: position);
        await PublishAsync(3);

        Assert.Equal(["article-3"], await SlugsAsync(sport, 1));
        Assert.Equal(["article-1", "article-3"], await SlugsAsync(town, 2));
    }

    [Fact]
    public async Task A_replay_ends_in_the_true_state_and_shows_nothing_that_was_withdrawn()
    {
        await using var first = await SubscribeAsync();
        await PublishAsync(1);
        var after = Position(Event(await first.NextAsync()));
        await PublishAsync(2);
        await UpdateAsync(2, "Secret");
        await WithdrawAsync(2, ArticleStatus.Trash);
        await WithdrawAsync(1, ArticleStatus.Draft);
        await PublishAsync(1);

        await using var resumed = await SubscribeAsync(after: after);

        Assert.Equal("ArticleWithdrawn 2 REMOVED", await NextAsync(resumed));
        Assert.Equal("ArticleWithdrawn 2 REMOVED", await NextAsync(resumed));
        Assert.Equal("ArticleWithdrawn 2 REMOVED", await NextAsync(resumed));
        Assert.Equal(["article-1"], await SlugsAsync(resumed, 1));
    }

    [Fact]
    public async Task A_stream_that_broke_goes_on_after_its_last_id()
    {
        await using var first = await SubscribeAsync(tags: ["sport"]);
        await PublishAsync(1);
        var id = Position(Event(await first.NextAsync()));
        Assert.Equal(id, first.LastId);
        await PublishAsync(3);

        await using var resumed = await EventStream.OpenAsync(_gateway.GraphQLUrl, OnArticlePublished, new { tags = new[] { "sport" } }, id);

        Assert.Equal(["article-3"], await SlugsAsync(resumed, 1));
    }

    [Fact]
    public async Task A_position_ahead_of_the_feed_is_reset_and_then_live()
    {
        await PublishAsync(1);
        var ahead = new FeedPosition(_gateway.Services.GetRequiredService<DatabaseSetup>().Epoch, FeedNames.Articles, 99).ToString();

        await using var stream = await SubscribeAsync(after: ahead, tags: ["town"]);
        var reset = Event(await stream.NextAsync());
        await PublishAsync(2);

        Assert.Equal(("FeedReset", "AHEAD"), (reset.GetProperty("__typename").GetString(), reset.GetProperty("resetReason").GetString()));
        Assert.True(FeedPosition.TryParse(Position(reset), out var position) && position.Number == 1);
        Assert.Equal(["article-2"], await SlugsAsync(stream, 1));
    }

    [Fact]
    public async Task What_is_no_position_of_this_feed_is_refused()
    {
        var other = new FeedPosition(_gateway.Services.GetRequiredService<DatabaseSetup>().Epoch, FeedNames.OfArticle(1), 0).ToString();

        foreach (var after in new[] { "rubbish", other, new string('x', 1_000_000) })
        {
            await using var stream = await SubscribeAsync(after: after);
            Assert.Equal("INVALID_POSITION", await CodeAsync(stream));
        }
    }

    [Fact]
    public async Task More_than_20_tags_are_refused_and_the_same_tag_again_is_one()
    {
        await using var many = await SubscribeAsync(tags: [.. Enumerable.Range(0, 21).Select(n => $"tag-{n}")]);
        await using var same = await SubscribeAsync(tags: [.. Enumerable.Repeat("town", 21)]);
        await PublishAsync(2);

        Assert.Equal("TOO_MANY_TAGS", await CodeAsync(many));
        Assert.Equal(["article-2"], await SlugsAsync(same, 1));
    }

    private Task<EventStream> SubscribeAsync(string[]? tags = null, string? after = null) =>
        _gateway.SubscribeAsync(OnArticlePublished, new { tags, after });

    private Task<bool> PublishAsync(long id) => _gateway.Services.GetRequiredService<PublishArticle>().RunAsync(id, Token);

    private Task<bool> WithdrawAsync(long id, ArticleStatus status) => _gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(id, status, Token);

    private async Task UpdateAsync(long id, string title)
    {
        await _gateway.WriteAsync(db => db.Set<Article>().Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Title, title), Token));
        await TellAsync(FeedEventKind.ArticleUpdated, id);
    }

    private Task<FeedEvent> TellAsync(FeedEventKind kind, long id) => _gateway.Services.GetRequiredService<INewsWriter>().WriteAsync(
        (scope, ct) => _gateway.Services.GetRequiredService<FeedLog>().AppendAsync(scope, FeedNames.Articles, kind, id, SampleNews.Start, 0, ct), Token);

    private static JsonElement Event(JsonElement result) => result.GetProperty("data").GetProperty("onArticlePublished");

    private static string Position(JsonElement item) => item.GetProperty("position").GetString()!;

    private static async Task<string?> CodeAsync(EventStream stream) =>
        (await stream.NextAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();

    private static async Task<List<string>> SlugsAsync(EventStream stream, int count)
    {
        List<string> slugs = [];
        while (slugs.Count < count)
        {
            slugs.Add(Event(await stream.NextAsync()).GetProperty("article").GetProperty("slug").GetString()!);
        }

        return slugs;
    }

    private static async Task<string> NextAsync(EventStream stream)
    {
        var item = Event(await stream.NextAsync());
        var name = item.GetProperty("__typename").GetString();
        return item.TryGetProperty("article", out var article)
            ? $"{name} {article.GetRawText()}"
            : $"{name} {(GlobalId.TryParse(item.GetProperty("articleId").GetString(), out var id) && id.TryGetInt64(out var key) ? key : 0)} {item.GetProperty("reason").GetString()}";
    }
}
