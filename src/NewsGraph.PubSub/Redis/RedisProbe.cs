using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// Sends messages to itself through Redis, on topics that only this node has, in the way of every other message: what
/// comes back proves that subscribing, publishing and delivery work, which an open socket does not. In a cluster there is
/// one such topic per shard. Rounds are made one at a time.
/// </summary>
internal sealed class RedisProbe(RedisTopics topics, RedisChannels channels, RedisMetrics metrics, TimeSpan limit, TimeProvider time, ILogger logger)
{
    private const int QueueCapacity = 16;

    private readonly string _name = $"probe:{Guid.NewGuid():N}";
    private readonly Dictionary<string, TopicSubscription> _subscriptions = [];
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _awaited = [];
    private long _number;

    /// <summary>Sends one message to each shard. Answers what is wrong, or null when all came back in time.</summary>
    public async Task<string?> RoundAsync(RedisLink link, CancellationToken cancellationToken)
    {
        var own = link.OnePerShard(Enumerable.Range(0, int.MaxValue).Select(n => $"{_name}:{n}"), channels.Name);
        await SubscribeAsync(own, cancellationToken);
        var back = await Task.WhenAll(own.Select(topic => SendAsync(topic, link, cancellationToken)));
        var lost = back.Count(b => !b);
        metrics.ProbesLost(lost);
        return lost == 0 ? null
            : own.Count == 1 ? $"A message to itself did not come back from Redis within {limit.TotalSeconds:0.###} s."
            : $"Messages to itself did not come back from every shard of Redis within {limit.TotalSeconds:0.###} s.";
    }

    private async Task SubscribeAsync(IReadOnlyList<string> own, CancellationToken cancellationToken)
    {
        foreach (var topic in own.Except(_subscriptions.Keys).ToList())
        {
            var subscription = new TopicSubscription(topic, Hear, QueueCapacity, logger);
            _subscriptions.Add(topic, subscription);
            // Whether Redis confirms it is seen by what comes back.
            await topics.AddAsync(topic, subscription, cancellationToken);
        }

        foreach (var topic in _subscriptions.Keys.Except(own).ToList())
        {
            _subscriptions.Remove(topic, out var subscription);
            await topics.RemoveAsync(topic, subscription!);
        }
    }

    private async Task<bool> SendAsync(string topic, RedisLink link, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _number);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[number] = heard;
        var started = time.GetTimestamp();
        var message = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, number);
        try
        {
            var both = Task.WhenAll(link.Subscriber.PublishAsync(channels.Of(topic, link), TopicMessage.Write(message)), heard.Task);
            await both.WaitAsync(limit, time, cancellationToken);
            metrics.ProbeCameBack(time.GetElapsedTime(started));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            RedisLog.ProbeLost(logger, topic, exception);
            return false;
        }
        finally
        {
            _awaited.TryRemove(number, out _);
        }
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        if (message.Length == sizeof(long) && _awaited.TryGetValue(BinaryPrimitives.ReadInt64BigEndian(message.Span), out var heard))
        {
            heard.TrySetResult();
        }
    }
}
