using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// A bus for an installation of several nodes. While Redis is away this node goes on alone: its messages reach its own
/// subscribers, new subscriptions are accepted, and all of them are on Redis again before <see cref="Reconnected"/> is
/// raised. Safe for concurrent use.
/// </summary>
internal sealed class RedisTopicBus : ITopicBus, IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisChannels _channels;
    private readonly RedisTopics _topics;
    private readonly RedisRestorer _restorer;
    private readonly int _queueCapacity;
    private readonly ILogger _logger;
    private int _disposed;

    public RedisTopicBus(IOptions<RedisTopicBusOptions> options, TimeProvider time, ILogger<RedisTopicBus> logger)
    {
        _logger = logger;
        _queueCapacity = options.Value.QueueCapacity;
        _channels = new RedisChannels(options.Value.TopicPrefix);
        _connection = new RedisConnection(options.Value, time, logger);
        _topics = new RedisTopics(_connection, _channels, logger);
        _restorer = new RedisRestorer(_connection, _topics, options.Value.MaxReconnectDelay, time, logger);
    }

    public event Action? Reconnected
    {
        add => _restorer.Restored += value;
        remove => _restorer.Restored -= value;
    }

    public bool IsConnected => _connection.IsConnected;

    /// <summary>Begins to connect; does not wait. Publishing or subscribing begins it too.</summary>
    public void Start() => _connection.Start();

    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        TopicName.ThrowIfInvalid(topic);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        await _connection.AttemptAsync(cancellationToken);
        if (_connection.Subscriber is not { } subscriber || !_connection.IsConnected)
        {
            _topics.PostLocally(topic, message);
            return;
        }

        try
        {
            await subscriber.PublishAsync(_channels[topic], TopicMessage.Write(message.Span)).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Whether Redis has it is unknown; posting it here as well could deliver it twice.
            RedisLog.PublishFailed(_logger, topic, exception);
        }
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken = default)
    {
        TopicName.ThrowIfInvalid(topic);
        ArgumentNullException.ThrowIfNull(onMessage);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        await _connection.AttemptAsync(cancellationToken);
        var subscription = new TopicSubscription(topic, onMessage, _queueCapacity, _logger);
        if (!await _topics.AddAsync(topic, subscription, cancellationToken))
        {
            _restorer.Request();
        }

        return new Handle(this, topic, subscription);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _restorer.DisposeAsync();
        await _connection.DisposeAsync();
        await _topics.CloseAsync();
    }

    private sealed class Handle(RedisTopicBus bus, string topic, TopicSubscription subscription) : IAsyncDisposable
    {
        private int _disposed;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                // Closed first: the wait for the handler must not hold up, nor be held up by, the network.
                var closing = subscription.CloseAsync();
                await bus._topics.RemoveAsync(topic, subscription);
                await closing;
            }
        }
    }
}
