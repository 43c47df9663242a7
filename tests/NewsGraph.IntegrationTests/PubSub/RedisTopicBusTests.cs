using System.Text;
using NewsGraph.PubSub;
using NewsGraph.PubSub.Redis;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;
using StackExchange.Redis;

namespace NewsGraph.IntegrationTests.PubSub;

public sealed class RedisTopicBusTests : TopicBusSpecification, IAsyncLifetime
{
    private const string Topic = "OnArticlePublished";
    private const string Channel = "4E35784BC6F8CE35382E0F5F2342B5CC";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private RedisServer _server = null!;
    private RedisTopicBus _here = null!;
    private RedisTopicBus _there = null!;

    protected override ITopicBus Here => _here;

    protected override ITopicBus There => _there;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync(TestCancellation);
        _here = CreateBus();
        _there = CreateBus();
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task One_channel_serves_all_subscribers_of_a_node_and_is_released_after_the_last()
    {
        var first = await _here.SubscribeAsync(Topic, static _ => { }, TestCancellation);
        var second = await _here.SubscribeAsync(Topic, static _ => { }, TestCancellation);
        Assert.Equal(1, await SubscriberCountAsync());

        await first.DisposeAsync();
        Assert.Equal(1, await SubscriberCountAsync());

        await second.DisposeAsync();
        Assert.Equal(0, await SubscriberCountAsync());
    }

    [Fact]
    public async Task After_a_killed_redis_is_back_it_says_so_and_messages_flow_again()
    {
        var probe = new TopicProbe();
        await using var before = await _there.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await _here.PublishAsync(Topic, "before"u8.ToArray(), TestCancellation);
        Assert.Equal("before", await probe.NextAsync());
        var back = Task.WhenAll(_here.ReconnectionAsync(), _there.ReconnectionAsync());

        await _server.KillAsync();
        await _server.RestartAsync(TestCancellation);
        await back.WaitAsync(Limit, TestCancellation);

        Assert.True(_here.Status.Delivers);
        Assert.Equal(1, await SubscriberCountAsync());
        await _here.PublishAsync(Topic, "after"u8.ToArray(), TestCancellation);
        Assert.Equal("after", await probe.NextAsync());
    }

    [Fact]
    public async Task A_subscription_made_while_redis_is_away_comes_alive_with_it()
    {
        await using var first = await _there.SubscribeAsync("other", static _ => { }, TestCancellation);
        await _here.PublishAsync("other", "warm"u8.ToArray(), TestCancellation);
        var back = Task.WhenAll(_here.ReconnectionAsync(), _there.ReconnectionAsync());
        await _server.KillAsync();
        var probe = new TopicProbe();

        await using var subscription = await _there.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await _server.RestartAsync(TestCancellation);
        await back.WaitAsync(Limit, TestCancellation);
        await _here.PublishAsync(Topic, "alive"u8.ToArray(), TestCancellation);

        Assert.Equal("alive", await probe.NextAsync());
    }

    [Fact]
    public async Task Other_publishers_are_heard_and_noise_on_the_channel_is_ignored()
    {
        var probe = new TopicProbe();
        await using var subscription = await _here.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);

        foreach (var payload in new[] { "", "noise", """{"kind":1}""", """{"Body":{"id":1}}""" })
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(Channel), payload);
        }

        Assert.Equal("""{"id":1}""", await probe.NextAsync());
        Assert.True(probe.IsSilent);
    }

    [Fact]
    public async Task Installations_with_different_prefixes_do_not_hear_each_other()
    {
        await using var foreign = CreateBus("foreign");
        var probe = new TopicProbe();
        await using var subscription = await _here.SubscribeAsync(Topic, probe.Hear, TestCancellation);

        await foreign.PublishAsync(Topic, "foreign"u8.ToArray(), TestCancellation);
        await _there.PublishAsync(Topic, "own"u8.ToArray(), TestCancellation);

        Assert.Equal("own", await probe.NextAsync());
    }

    [Fact]
    public async Task Many_coming_and_going_at_once_leave_no_channel_behind()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(ComeAndGoAsync, TestCancellation)));

        Assert.Equal(0, await SubscriberCountAsync());

        async Task ComeAndGoAsync()
        {
            for (var round = 0; round < 50; round++)
            {
                var probe = new TopicProbe();
                await using var subscription = await _here.SubscribeAsync(Topic, probe.Hear, TestCancellation);
                await _there.PublishAsync(Topic, Encoding.UTF8.GetBytes($"{round}"), TestCancellation);
                await probe.NextAsync();
            }
        }
    }

    private RedisTopicBus CreateBus(string? prefix = null) => RedisBuses.Create(_server.ConnectionString, prefix);

    private Task<long> SubscriberCountAsync() => RedisBuses.SubscribersAsync(_server, Topic);
}
