using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Comments;

public abstract class CommentSubscriptionTests(TestDatabase database)
{
    private const string OnCommentAdded =
        "subscription($id: ID!) { onCommentAdded(articleId: $id) { comment { bodyText article { slug } } position commentCount } }";

    private static readonly string FirstArticle = GlobalId.Format("Article", 1);

    [Fact]
    public async Task Comments_arrive_once_in_order_each_with_a_position_of_its_own()
    {
        await using var gateway = await StartAsync();
        await using var one = await gateway.SubscribeAsync(OnCommentAdded, new { id = FirstArticle });
        await using var two = await gateway.SubscribeAsync(OnCommentAdded, new { id = FirstArticle });

        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => PostAsync(gateway, $"Post {n}")));

        var first = await TakeAsync(one, 20);
        Assert.Equal(Enumerable.Range(1, 20), first.Select(e => e.GetProperty("commentCount").GetInt32()));
        Assert.Equal(20, first.Select(Text).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, 20).Select(n => (long)n),
            first.Select(e => FeedPosition.TryParse(e.GetProperty("position").GetString(), out var position) ? position.Number : 0));
        Assert.Equal(first.Select(Text), (await TakeAsync(two, 20)).Select(Text));
    }

    [Fact]
    public async Task A_comment_of_another_article_does_not_arrive()
    {
        await using var gateway = await StartAsync();
        await using var stream = await gateway.SubscribeAsync(OnCommentAdded, new { id = FirstArticle });

        await PostAsync(gateway, "Elsewhere", article: 2);
        await PostAsync(gateway, "Here");

        Assert.Equal("Here", Text(Event(await stream.NextAsync())));
    }

    [Fact]
    public async Task A_comment_hidden_before_it_was_delivered_is_not_delivered()
    {
        await using var gateway = await StartAsync();
        await using var stream = await gateway.SubscribeAsync(OnCommentAdded, new { id = FirstArticle });
        var feed = FeedNames.OfArticle(1);

        // An event whose comment is hidden in the same transaction: what a slow delivery would find.
        var log = (FeedLog)gateway.Services.GetService(typeof(FeedLog))!;
        var writer = (Gateway.Storage.INewsWriter)gateway.Services.GetService(typeof(Gateway.Storage.INewsWriter))!;
        await writer.WriteAsync(
            async (scope, ct) =>
            {
                var article = await scope.Db.Set<Gateway.Articles.Article>().SingleAsync(a => a.Id == 1, ct);
                var hidden = await new SampleNews(scope.Db).CommentAsync(article, status: CommentStatus.Spam);
                return await log.AppendAsync(scope, feed, FeedEventKind.CommentAdded, hidden.Id, hidden.CreatedAt, 1, ct);
            },
            TestContext.Current.CancellationToken);
        await PostAsync(gateway, "Seen");

        Assert.Equal("Seen", Text(Event(await stream.NextAsync())));
    }

    [Theory]
    [InlineData("Article", 99)]
    [InlineData("Article", 3)]
    [InlineData("Tag", 1)]
    public async Task An_article_nobody_can_read_cannot_be_followed(string type, long key)
    {
        await using var gateway = await StartAsync();
        await using var stream = await gateway.SubscribeAsync(OnCommentAdded, new { id = GlobalId.Format(type, key) });

        Assert.True((await stream.NextAsync()).TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task Of_many_who_post_at_once_a_subscriber_sees_every_comment_in_order_and_the_counts_grow_by_one()
    {
        const int Writers = 32;
        const int Each = 4;
        await using var gateway = await StartAsync(new TestGatewayOptions { Settings = ["--Storage:ConcurrentWrites=32"] });
        await using var stream = await gateway.SubscribeAsync(OnCommentAdded, new { id = FirstArticle });

        var posting = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await PostAsync(gateway, $"{writer}, {i}");
            }
        })));
        var added = await TakeAsync(stream, Writers * Each);
        await posting;

        Assert.Equal(Enumerable.Range(1, Writers * Each), added.Select(e => e.GetProperty("commentCount").GetInt32()));
        var numbers = added.Select(e => FeedPosition.TryParse(e.GetProperty("position").GetString(), out var at) ? at.Number : 0);
        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(n => (long)n), numbers);
        Assert.Equal(Writers * Each, added.Select(Text).Distinct().Count());
        Assert.Equal(Writers * Each, await gateway.ReadAsync(db => db.Set<Article>().Where(a => a.Id == 1).Select(a => a.CommentCount).SingleAsync()));
    }

    [Fact]
    public async Task A_comment_posted_on_one_gateway_reaches_a_subscriber_on_the_other()
    {
        await using var redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var one = await StartAsync(new TestGatewayOptions { Redis = redis.ConnectionString });

        // The position check would bring the comment, too; at its slowest it comes too late for this test.
        await using var two = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Redis = redis.ConnectionString,
            Directory = one.Directory,
            Postgres = one.Postgres,
            Settings = ["--Feeds:PositionCheckInterval=00:01:00"],
        });
        await using var stream = await two.SubscribeAsync(OnCommentAdded, new { id = FirstArticle });

        await PostAsync(one, "Across");

        Assert.Equal("Across", Text(Event(await stream.NextAsync())));
    }

    private async Task<TestGateway> StartAsync(TestGatewayOptions? options = null)
    {
        var gateway = await TestGateway.StartAsync((options ?? new TestGatewayOptions()) with { Database = database });
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            await news.ArticleAsync();
            await news.ArticleAsync();
            await news.ArticleAsync(a => a.IsProtected = true);
        });
        return gateway;
    }

    private static async Task PostAsync(TestGateway gateway, string body, long article = 1)
    {
        var data = await gateway.QueryAsync(
            "mutation($input: AddCommentInput!) { addComment(input: $input) { errors { __typename } } }",
            new { input = new { articleId = GlobalId.Format("Article", article), authorName = "Ada", authorEmail = "ada@example.com", body } });
        Assert.Equal("""{"errors":null}""", data.GetProperty("addComment").GetRawText());
    }

    private static async Task<List<JsonElement>> TakeAsync(EventStream stream, int count)
    {
        var events = new List<JsonElement>();
        while (events.Count < count)
        {
            events.Add(Event(await stream.NextAsync()));
        }

        return events;
    }

    private static JsonElement Event(JsonElement result) => result.GetProperty("data").GetProperty("onCommentAdded");

    private static string Text(JsonElement added) => added.GetProperty("comment").GetProperty("bodyText").GetString()!;
}

public sealed class SqliteCommentSubscriptionTests() : CommentSubscriptionTests(TestDatabase.Sqlite);

public sealed class PostgresCommentSubscriptionTests() : CommentSubscriptionTests(TestDatabase.Postgres);
