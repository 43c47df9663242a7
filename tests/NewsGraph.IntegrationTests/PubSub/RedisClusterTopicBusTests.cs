using NewsGraph.PubSub;
using NewsGraph.PubSub.Redis;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.PubSub;

public sealed class RedisClusterTopicBusTests(RedisClusterTopicBusTests.Cluster cluster)
    : TopicBusSpecification, IClassFixture<RedisClusterTopicBusTests.Cluster>, IAsyncLifetime
{
    private readonly RedisTopicBus _here = RedisBuses.Create(cluster.Servers.ConnectionString);
    private readonly RedisTopicBus _there = RedisBuses.Create(cluster.Servers.ConnectionString);

    protected override ITopicBus Here => _here;

    protected override ITopicBus There => _there;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task A_channel_is_subscribed_once_per_node_on_the_shard_it_belongs_to_and_released_after_the_last()
    {
        var topic = $"article:{Guid.NewGuid()}";
        var first = await _here.SubscribeAsync(topic, static _ => { }, TestCancellation);
        var second = await _here.SubscribeAsync(topic, static _ => { }, TestCancellation);
        var other = await _there.SubscribeAsync(topic, static _ => { }, TestCancellation);
        Assert.Equal([0, 0, 2], await CountsAsync(topic, "SHARDNUMSUB"));
        Assert.Equal([0, 0, 0], await CountsAsync(topic, "NUMSUB"));

        await first.DisposeAsync();
        await other.DisposeAsync();
        Assert.Equal([0, 0, 1], await CountsAsync(topic, "SHARDNUMSUB"));

        await second.DisposeAsync();
        Assert.Equal([0, 0, 0], await CountsAsync(topic, "SHARDNUMSUB"));
    }

    private async Task<IEnumerable<long>> CountsAsync(string topic, string command)
    {
        var counts = new List<long>();
        foreach (var server in cluster.Servers.Servers)
        {
            counts.Add(await RedisBuses.SubscribersAsync(server, topic, command));
        }

        return counts.Order();
    }

    /// <summary>One cluster for all of these tests.</summary>
    public sealed class Cluster : IAsyncLifetime
    {
        public RedisCluster Servers { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Servers = await RedisCluster.StartAsync(TestCancellation);

        public ValueTask DisposeAsync() => Servers.DisposeAsync();
    }
}
