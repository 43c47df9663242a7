using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// One topic with local subscribers, and its one channel on Redis. Everything that changes the channel happens while
/// <see cref="Gate"/> is held, so that the last one leaving and the next one coming cannot overtake each other on the
/// wire. Once <see cref="Released"/>, a topic is never used again.
/// </summary>
internal sealed class RedisTopic(string name, RedisChannels channels, ILogger logger)
{
    // Asks the client library for a confirmed subscription without a second stream of messages.
    private static readonly Action<RedisChannel, RedisValue> Confirmation = static (_, _) => { };

    private ChannelMessageQueue? _messages;
    private RedisLink? _link;

    public string Name => name;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public TopicSubscribers Subscribers { get; } = new();

    public bool Released { get; private set; }

    /// <summary>
    /// Returns when Redis has confirmed the channel, whether it is new or comes back after a lost connection.
    /// Throws <see cref="RedisException"/> or <see cref="TimeoutException"/> when Redis does not.
    /// </summary>
    public async Task EnsureSubscribedAsync(RedisLink link)
    {
        var channel = channels.Of(name, link);
        if (_messages is not null && _link == link)
        {
            await link.Subscriber.SubscribeAsync(channel, Confirmation);
            await link.Subscriber.UnsubscribeAsync(channel, Confirmation);
            return;
        }

        // What was subscribed through another connection went with it.
        _link = link;
        try
        {
            // A queue and not a handler: the client library runs handlers in any order, a queue's messages one by one.
            _messages = await link.Subscriber.SubscribeAsync(channel);
            _messages.OnMessage(Receive);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The client library has noted the queue that it did not hand out; it must forget it again.
            await ForgetAsync(link);
            throw;
        }
    }

    /// <summary>Gives the channel back. The topic is done with.</summary>
    public async Task ReleaseAsync(RedisLink? link)
    {
        Released = true;
        if (link is not null && link == _link && _messages is not null)
        {
            await ForgetAsync(link);
        }
    }

    private async Task ForgetAsync(RedisLink link)
    {
        _messages = null;
        try
        {
            await link.Subscriber.UnsubscribeAsync(channels.Of(name, link));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            RedisLog.ReleaseFailed(logger, name, exception);
        }
    }

    private void Receive(ChannelMessage received)
    {
        ReadOnlyMemory<byte> payload = received.Message;
        var kind = TopicMessage.Read(payload, out var message);
        switch (kind)
        {
            case TopicMessageKind.Message:
                Subscribers.Post(message);
                break;
            case TopicMessageKind.Unreadable:
                RedisLog.UnreadableMessage(logger, name, payload.Length);
                break;
            default:
                RedisLog.IgnoredMessage(logger, name, kind);
                break;
        }
    }
}
