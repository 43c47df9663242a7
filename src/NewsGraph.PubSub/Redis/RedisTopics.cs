using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// The topics this node is subscribed to: one channel on Redis for the first local subscriber of a topic, released
/// after the last. Safe for concurrent use.
/// </summary>
internal sealed class RedisTopics(RedisConnection connection, RedisChannels channels, ILogger logger)
{
    private const int EnsuredAtATime = 64;

    private readonly ConcurrentDictionary<string, RedisTopic> _topics = new(StringComparer.Ordinal);

    public int Count => _topics.Count;

    /// <summary>Hands a message to this node's subscribers alone.</summary>
    public void PostLocally(string name, ReadOnlyMemory<byte> message)
    {
        if (_topics.TryGetValue(name, out var topic))
        {
            topic.Subscribers.Post(message);
        }
    }

    /// <summary>Adds a subscription. Answers false when Redis has not confirmed its channel and <see cref="EnsureAllAsync"/> has to be tried.</summary>
    public async Task<bool> AddAsync(string name, TopicSubscription subscription, CancellationToken cancellationToken)
    {
        while (true)
        {
            var topic = _topics.GetOrAdd(name, CreateTopic);
            await topic.Gate.WaitAsync(cancellationToken);
            try
            {
                // Its last subscriber has just left: the next look-up makes a new one.
                if (topic.Released)
                {
                    continue;
                }

                var first = topic.Subscribers.IsEmpty;
                topic.Subscribers.Add(subscription);
                return !first || await TrySubscribeAsync(topic);
            }
            finally
            {
                topic.Gate.Release();
            }
        }
    }

    public async Task RemoveAsync(string name, TopicSubscription subscription)
    {
        if (!_topics.TryGetValue(name, out var topic))
        {
            return;
        }

        // From here on the handler gets nothing more, whatever the channel's release takes.
        topic.Subscribers.Remove(subscription);
        await topic.Gate.WaitAsync();
        try
        {
            if (topic.Subscribers.IsEmpty && !topic.Released)
            {
                await topic.ReleaseAsync(connection.Link);
                // Only now: a newcomer's SUBSCRIBE must not be sent before this UNSUBSCRIBE.
                _topics.TryRemove(KeyValuePair.Create(name, topic));
            }
        }
        finally
        {
            topic.Gate.Release();
        }
    }

    /// <summary>
    /// Returns when Redis has confirmed every topic's channel. Throws when it has not confirmed one; the others are
    /// subscribed all the same, unless Redis does not answer at all.
    /// </summary>
    public async Task EnsureAllAsync(RedisLink link, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var some in _topics.Values.Chunk(EnsuredAtATime))
        {
            failure = (await Task.WhenAll(some.Select(topic => EnsureAsync(topic, link, cancellationToken)))).FirstOrDefault(f => f is not null) ?? failure;
            if (failure is TimeoutException)
            {
                break;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public Task CloseAsync() => Task.WhenAll(_topics.Values.Select(topic => topic.Subscribers.CloseAsync()));

    private RedisTopic CreateTopic(string name) => new(name, channels, logger);

    private static async Task<Exception?> EnsureAsync(RedisTopic topic, RedisLink link, CancellationToken cancellationToken)
    {
        await topic.Gate.WaitAsync(cancellationToken);
        try
        {
            if (!topic.Released && !topic.Subscribers.IsEmpty)
            {
                await topic.EnsureSubscribedAsync(link);
            }

            return null;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            return exception;
        }
        finally
        {
            topic.Gate.Release();
        }
    }

    private async Task<bool> TrySubscribeAsync(RedisTopic topic)
    {
        if (connection.Link is not { IsConnected: true } link)
        {
            return false;
        }

        try
        {
            await topic.EnsureSubscribedAsync(link);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            RedisLog.SubscribeFailed(logger, topic.Name, exception);
            return false;
        }
    }
}
