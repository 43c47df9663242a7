using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Feeds;
using NewsGraph.IntegrationTests.PubSub;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Feeds;

/// <summary>Two gateways on one database and one Redis.</summary>
public sealed class SeveralNodesTests
{
    private const string OnCommentAdded = "subscription($id: ID!) { onCommentAdded(articleId: $id) { comment { bodyText } } }";

    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);
    private static readonly string Article = GlobalId.Format("Article", 1);

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_takes_one_channel_for_a_followed_feed_and_gives_it_back_after_the_last_reader()
    {
        await using var redis = await RedisServer.StartAsync(TestCancellation);
        await using var one = await StartAsync(new TestGatewayOptions { Redis = redis.ConnectionString });
        await using var two = await TestGateway.StartAsync(new TestGatewayOptions { Redis = redis.ConnectionString, Directory = one.Directory });
        Task<long> ChannelsAsync() => RedisBuses.SubscribersAsync(redis, FeedNames.OfArticle(1));
        Assert.Equal(0, await ChannelsAsync());

        var first = await one.SubscribeAsync(OnCommentAdded, new { id = Article });
        var second = await one.SubscribeAsync(OnCommentAdded, new { id = Article });
        Assert.Equal(1, await ChannelsAsync());
        var third = await two.SubscribeAsync(OnCommentAdded, new { id = Article });
        Assert.Equal(2, await ChannelsAsync());

        await first.DisposeAsync();
        await third.DisposeAsync();
        await Waiting.UntilAsync(async () => await ChannelsAsync() == 1);
        await second.DisposeAsync();
        await Waiting.UntilAsync(async () => await ChannelsAsync() == 0);
    }

    [Fact]
    public async Task While_redis_is_dead_comments_come_by_the_position_check_and_bells_ring_again_after_it()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var redis = await RedisServer.StartAsync(TestCancellation);
        await using var one = await StartAsync(new TestGatewayOptions { Redis = redis.ConnectionString });
        await using var two = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Redis = redis.ConnectionString,
            Directory = one.Directory,
            Time = time,
            Settings = [$"--Feeds:PositionCheckInterval={CheckInterval}"],
        });
        await using var stream = await two.SubscribeAsync(OnCommentAdded, new { id = Article });
        await UntilReadyAsync(one, "Healthy");
        await UntilReadyAsync(two, "Healthy");
        await PostAsync(one, "By the bell");
        Assert.Equal("By the bell", await NextAsync(stream));

        await redis.KillAsync();
        var degraded = await UntilReadyAsync(two, "Degraded");
        await PostAsync(one, "By the check");
        time.Advance(CheckInterval);
        Assert.Equal("By the check", await NextAsync(stream));

        await redis.RestartAsync(TestCancellation);
        await UntilReadyAsync(one, "Healthy");
        await UntilReadyAsync(two, "Healthy", () => time.Advance(TimeSpan.FromMilliseconds(100)));
        await PostAsync(one, "By the bell again");
        await PostAsync(one, "And again");
        Assert.Equal("By the bell again", await NextAsync(stream));
        Assert.Equal("And again", await NextAsync(stream));

        var bus = degraded.GetProperty("parts").GetProperty("bus");
        Assert.Equal("Degraded", bus.GetProperty("status").GetString());
        Assert.Contains("Redis", bus.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.InRange(bus.GetProperty("since").GetDateTimeOffset(), time.Start - TimeSpan.FromSeconds(1), time.GetUtcNow());
        Assert.Equal("Healthy", degraded.GetProperty("parts").GetProperty("database").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_gateway_works_through_sentinel_and_through_a_cluster()
    {
        await using var sentinels = await RedisSentinels.StartAsync(TestCancellation);
        await using var cluster = await RedisCluster.StartAsync(TestCancellation);
        foreach (var redis in new[] { sentinels.ConnectionString, cluster.ConnectionString })
        {
            await using var one = await StartAsync(new TestGatewayOptions { Redis = redis });
            await using var two = await TestGateway.StartAsync(new TestGatewayOptions
            {
                Redis = redis,
                Directory = one.Directory,
                Settings = [$"--Feeds:PositionCheckInterval={CheckInterval}"],
            });
            await UntilReadyAsync(one, "Healthy");
            await UntilReadyAsync(two, "Healthy");
            await using var stream = await two.SubscribeAsync(OnCommentAdded, new { id = Article });

            await PostAsync(one, "Across");

            Assert.Equal("Across", await NextAsync(stream));
        }
    }

    private static async Task<TestGateway> StartAsync(TestGatewayOptions options)
    {
        var gateway = await TestGateway.StartAsync(options);
        await gateway.WriteAsync(db => new SampleNews(db).ArticleAsync());
        return gateway;
    }

    private static async Task<JsonElement> UntilReadyAsync(TestGateway gateway, string status, Action? meanwhile = null)
    {
        JsonElement report = default;
        await Waiting.UntilAsync(async () =>
        {
            meanwhile?.Invoke();
            using var response = await gateway.Http.GetAsync("/health/ready", TestCancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            report = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestCancellation));
            return report.GetProperty("status").GetString() == status;
        });
        return report;
    }

    private static async Task PostAsync(TestGateway gateway, string body)
    {
        var data = await gateway.QueryAsync(
            "mutation($input: AddCommentInput!) { addComment(input: $input) { errors { __typename } } }",
            new { input = new { articleId = Article, authorName = "Ada", authorEmail = "ada@example.com", body } });
        Assert.Equal("""{"errors":null}""", data.GetProperty("addComment").GetRawText());
    }

    private static async Task<string?> NextAsync(EventStream stream) => (await stream.NextAsync())
        .GetProperty("data").GetProperty("onCommentAdded").GetProperty("comment").GetProperty("bodyText").GetString();
}
