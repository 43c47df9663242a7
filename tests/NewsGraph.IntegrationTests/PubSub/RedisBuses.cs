using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub;
using NewsGraph.PubSub.Redis;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.PubSub;

/// <summary>Buses that notice and repair quickly, and what is asked of them.</summary>
internal static class RedisBuses
{
    public static RedisTopicBus Create(
        string connectionString, string? prefix = null, ILogger<RedisTopicBus>? logger = null, System.Diagnostics.Metrics.IMeterFactory? meters = null)
    {
        var options = new RedisTopicBusOptions
        {
            Configuration = $"{connectionString},connectTimeout=2000,asyncTimeout=2000",
            TopicPrefix = prefix,
            MaxReconnectDelay = TimeSpan.FromSeconds(1),
            ProbeInterval = TimeSpan.FromSeconds(1),
            ProbeTimeout = TimeSpan.FromSeconds(2),
        };
        var bus = new RedisTopicBus(Options.Create(options), TimeProvider.System, logger ?? NullLogger<RedisTopicBus>.Instance, meters);
        bus.Start();
        return bus;
    }

    /// <summary>Waits until a bus says that it delivers, or that it does not.</summary>
    public static async Task<TopicBusStatus> UntilAsync(this ITopicBus bus, bool delivers)
    {
        await Waiting.UntilAsync(() => bus.Status.Delivers == delivers);
        return bus.Status;
    }

    /// <summary>Complete when the bus says that messages flow again.</summary>
    public static Task ReconnectionAsync(this ITopicBus bus)
    {
        var raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bus.Reconnected += () => raised.TrySetResult();
        return raised.Task.WaitAsync(Waiting.Limit);
    }

    /// <summary>Publishes until one message arrives: of two nodes one may be a step ahead of the other.</summary>
    public static async Task ReachesAsync(this ITopicBus bus, string topic, TopicProbe probe)
    {
        await Waiting.UntilAsync(async () =>
        {
            await bus.PublishAsync(topic, Encoding.UTF8.GetBytes("again"));
            return !probe.IsSilent;
        });
    }

    /// <summary>How many connections have subscribed to a topic's channel on a server.</summary>
    public static async Task<long> SubscribersAsync(RedisServer server, string topic, string command = "NUMSUB")
    {
        var answer = await server.AskAsync("PUBSUB", command, new RedisChannels(null).Name(topic));
        return long.Parse(answer[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
