using NewsGraph.PubSub;
using NewsGraph.PubSub.Redis;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.PubSub;

public sealed class RedisSentinelTopicBusTests(RedisSentinelTopicBusTests.Sentinels sentinels)
    : TopicBusSpecification, IClassFixture<RedisSentinelTopicBusTests.Sentinels>, IAsyncLifetime
{
    private readonly RedisTopicBus _here = RedisBuses.Create(sentinels.Servers.ConnectionString);
    private readonly RedisTopicBus _there = RedisBuses.Create(sentinels.Servers.ConnectionString);

    protected override ITopicBus Here => _here;

    protected override ITopicBus There => _there;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    /// <summary>One master, replica and Sentinel for all of these tests.</summary>
    public sealed class Sentinels : IAsyncLifetime
    {
        public RedisSentinels Servers { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Servers = await RedisSentinels.StartAsync(TestCancellation);

        public ValueTask DisposeAsync() => Servers.DisposeAsync();
    }
}
