using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsGraph.PubSub.Redis;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.PubSub;

/// <summary>What the bus notices, says and repairs when Redis fails in ways that an open socket does not show.</summary>
public sealed class RedisFaultTests
{
    private const string Topic = "article:1";

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redis_that_hangs_is_noticed_by_the_probe_told_once_and_measured()
    {
        await using var server = await RedisServer.StartAsync(TestCancellation);
        var log = new Lines();
        using var meters = new Meters();
        await using var bus = RedisBuses.Create(server.ConnectionString, logger: log, meters: meters.Factory);
        await using var subscription = await bus.SubscribeAsync(Topic, static _ => { }, TestCancellation);
        var before = await bus.UntilAsync(delivers: true);
        var told = log.Count(LogLevel.Warning);

        await server.FreezeAsync();
        var hanging = await bus.UntilAsync(delivers: false);
        await Waiting.UntilAsync(() => meters.Sum("newsgraph.bus.probe.lost") >= 2 || bus.Status.Problem != hanging.Problem);
        var gauge = meters.Observe("newsgraph.bus.delivers");
        var warnings = log.Count(LogLevel.Warning) - told;
        var distinct = log.Distinct(LogLevel.Warning) - told;
        await server.ThawAsync();
        var after = await bus.UntilAsync(delivers: true);

        Assert.NotNull(hanging.Problem);
        Assert.True(before.Since < hanging.Since && hanging.Since < after.Since);
        Assert.Equal(0, gauge);
        Assert.Equal(1, meters.Observe("newsgraph.bus.delivers"));
        Assert.Equal(distinct, warnings);
        Assert.Null(after.Problem);
    }

    [Fact]
    public async Task A_connection_that_has_gone_deaf_is_replaced_by_one_that_hears()
    {
        await using var server = await RedisServer.StartAsync(TestCancellation);
        await using var proxy = new DeafProxy(server);
        await using var deaf = RedisBuses.Create(proxy.ConnectionString);
        await using var other = RedisBuses.Create(server.ConnectionString);
        var probe = new TopicProbe();
        await using var subscription = await deaf.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await other.PublishAsync(Topic, "before"u8.ToArray(), TestCancellation);
        Assert.Equal("before", await probe.NextAsync());
        await deaf.UntilAsync(delivers: true);

        Assert.True(proxy.Deafen() > 0);
        var status = await deaf.UntilAsync(delivers: false);
        var back = deaf.ReconnectionAsync();
        await deaf.UntilAsync(delivers: true);
        await back;
        await other.PublishAsync(Topic, "after"u8.ToArray(), TestCancellation);

        Assert.Contains("did not come back", status.Problem, StringComparison.Ordinal);
        Assert.Equal("after", await probe.NextAsync());
    }

    [Fact]
    public async Task A_user_who_may_not_use_the_channels_is_told_and_let_in_again()
    {
        await using var server = await RedisServer.StartAsync(TestCancellation);
        await using var bus = RedisBuses.Create(server.ConnectionString);
        await using var subscription = await bus.SubscribeAsync(Topic, static _ => { }, TestCancellation);
        await bus.UntilAsync(delivers: true);

        await server.AskAsync("ACL", "SETUSER", "default", "resetchannels");
        var shut = await bus.UntilAsync(delivers: false);
        await server.AskAsync("ACL", "SETUSER", "default", "allchannels");
        await bus.UntilAsync(delivers: true);

        Assert.NotNull(shut.Problem);
        await Waiting.UntilAsync(async () => await RedisBuses.SubscribersAsync(server, Topic) == 1);
    }

    [Fact]
    public async Task A_redis_that_comes_later_is_joined()
    {
        await using var server = await RedisServer.StartAsync(TestCancellation);
        await server.KillAsync();
        await using var here = RedisBuses.Create(server.ConnectionString);
        await using var there = RedisBuses.Create(server.ConnectionString);
        var probe = new TopicProbe();
        await using var subscription = await there.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await here.PublishAsync(Topic, "nobody there"u8.ToArray(), TestCancellation);
        Assert.Contains(server.ConnectionString, here.Status.Problem, StringComparison.Ordinal);

        await server.RestartAsync(TestCancellation);
        await here.UntilAsync(delivers: true);
        await there.UntilAsync(delivers: true);
        await here.PublishAsync(Topic, "joined"u8.ToArray(), TestCancellation);

        Assert.Equal("joined", await probe.NextAsync());
    }

    [Fact]
    public async Task After_a_failover_by_sentinel_messages_flow_through_the_new_master()
    {
        await using var sentinels = await RedisSentinels.StartAsync(TestCancellation);
        await using var here = RedisBuses.Create(sentinels.ConnectionString);
        await using var there = RedisBuses.Create(sentinels.ConnectionString);
        var probe = new TopicProbe();
        await using var subscription = await there.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await here.PublishAsync(Topic, "before"u8.ToArray(), TestCancellation);
        Assert.Equal("before", await probe.NextAsync());

        await sentinels.Master.KillAsync();
        await here.UntilAsync(delivers: false);
        await Waiting.UntilAsync(async () => await sentinels.Replica.IsMasterAsync());
        await here.UntilAsync(delivers: true);
        await here.ReachesAsync(Topic, probe);

        Assert.Equal(1, await RedisBuses.SubscribersAsync(sentinels.Replica, Topic));
    }

    [Fact]
    public async Task A_lost_shard_degrades_the_cluster_and_the_others_go_on()
    {
        await using var cluster = await RedisCluster.StartAsync(TestCancellation);
        await using var here = RedisBuses.Create(cluster.ConnectionString);
        await using var there = RedisBuses.Create(cluster.ConnectionString);
        var lost = cluster.Servers[2];
        var (kept, gone) = (Topics(cluster, t => t != lost).First(), Topics(cluster, t => t == lost).First());
        var (stays, returns) = (new TopicProbe(), new TopicProbe());
        await using var one = await there.SubscribeAsync(kept, stays.Hear, TestCancellation);
        await using var two = await there.SubscribeAsync(gone, returns.Hear, TestCancellation);
        await here.UntilAsync(delivers: true);

        await lost.KillAsync();
        var degraded = await here.UntilAsync(delivers: false);
        await here.ReachesAsync(kept, stays);
        await lost.RestartAsync(TestCancellation);
        await here.UntilAsync(delivers: true);
        await there.UntilAsync(delivers: true);
        await here.ReachesAsync(gone, returns);

        Assert.NotNull(degraded.Problem);
    }

    [Fact]
    public async Task A_topic_whose_slot_moves_to_another_server_is_heard_there()
    {
        await using var cluster = await RedisCluster.StartAsync(TestCancellation);
        await using var here = RedisBuses.Create(cluster.ConnectionString);
        await using var there = RedisBuses.Create(cluster.ConnectionString);
        var probe = new TopicProbe();
        await using var subscription = await there.SubscribeAsync(Topic, probe.Hear, TestCancellation);
        await here.PublishAsync(Topic, "before"u8.ToArray(), TestCancellation);
        Assert.Equal("before", await probe.NextAsync());
        var slot = Slot(Topic);
        var to = cluster.Servers.First(s => s != cluster.OwnerOf(slot));

        await cluster.MoveAsync(slot, to);
        await here.ReachesAsync(Topic, probe);

        Assert.Equal(1, await RedisBuses.SubscribersAsync(to, Topic, "SHARDNUMSUB"));
    }

    private static IEnumerable<string> Topics(RedisCluster cluster, Func<RedisServer, bool> owner) =>
        Enumerable.Range(1, 1000).Select(n => $"article:{n}").Where(t => owner(cluster.OwnerOf(Slot(t))));

    // The cluster's rule: CRC16 (XMODEM) of the name, modulo the number of slots.
    private static int Slot(string topic)
    {
        var crc = 0;
        foreach (var letter in new RedisChannels(null).Name(topic))
        {
            crc ^= letter << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = ((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xFFFF;
            }
        }

        return crc % 16384;
    }

    private sealed class Lines : ILogger<RedisTopicBus>
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = [];

        public int Count(LogLevel level) => _lines.Count(l => l.Level == level);

        public int Distinct(LogLevel level) => _lines.Where(l => l.Level == level).Distinct().Count();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((logLevel, formatter(state, exception)));
    }

    private sealed class Meters : IDisposable
    {
        private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _sums = [];
        private readonly ConcurrentDictionary<string, int> _observed = [];

        public Meters()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == Factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
            _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _observed[instrument.Name] = value);
            _listener.Start();
        }

        public IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

        public long Sum(string name) => _sums.GetValueOrDefault(name);

        public int Observe(string name)
        {
            _listener.RecordObservableInstruments();
            return _observed[name];
        }

        public void Dispose()
        {
            _listener.Dispose();
            _services.Dispose();
        }
    }
}
