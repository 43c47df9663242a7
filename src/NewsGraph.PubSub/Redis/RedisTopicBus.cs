using System.Diagnostics.Metrics;
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
    private static readonly TimeSpan FirstCheckLimit = TimeSpan.FromSeconds(3);

    private readonly RedisStatus _status;
    private readonly RedisConnection _connection;
    private readonly RedisChannels _channels;
    private readonly RedisTopics _topics;
    private readonly RedisWatch _watch;
    private readonly int _queueCapacity;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile bool _gaveUp;
    private int _disposed;

    public RedisTopicBus(IOptions<RedisTopicBusOptions> options, TimeProvider time, ILogger<RedisTopicBus> logger, IMeterFactory? meters = null)
    {
        (_time, _logger) = (time, logger);
        _queueCapacity = options.Value.QueueCapacity;
        _channels = new RedisChannels(options.Value.TopicPrefix);
        _status = new RedisStatus(time, logger);
        _connection = new RedisConnection(options.Value, _status, time, logger);
        _topics = new RedisTopics(_connection, _channels, logger);
        var metrics = new RedisMetrics(meters, () => Status, () => _topics.Count);
        var probe = new RedisProbe(_topics, _channels, metrics, options.Value.ProbeTimeout, time, logger);
        _watch = new RedisWatch(_connection, _topics, probe, _status, metrics, options.Value, time, logger);
    }

    public event Action? Reconnected
    {
        add => _watch.Restored += value;
        remove => _watch.Restored -= value;
    }

    public TopicBusStatus Status => _status.Current;

    /// <summary>Begins to connect; does not wait. Publishing or subscribing begins it too.</summary>
    public void Start() => _connection.Start();

    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        TopicName.ThrowIfInvalid(topic);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        await AttemptAsync(cancellationToken);
        if (_connection.Link is not { IsConnected: true } link)
        {
            _topics.PostLocally(topic, message);
            return;
        }

        try
        {
            await link.Subscriber.PublishAsync(_channels.Of(topic, link), TopicMessage.Write(message.Span)).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
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
        await AttemptAsync(cancellationToken);
        var subscription = new TopicSubscription(topic, onMessage, _queueCapacity, _logger);
        if (!await _topics.AddAsync(topic, subscription, cancellationToken))
        {
            _watch.Request();
        }

        return new Handle(this, topic, subscription);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _watch.DisposeAsync();
        await _connection.DisposeAsync();
        await _topics.CloseAsync();
    }

    // The first messages and subscriptions wait until Redis can have them, but not for a Redis that does not answer.
    private async ValueTask AttemptAsync(CancellationToken cancellationToken)
    {
        _connection.Start();
        if (!_watch.FirstCheck.IsCompleted && !_gaveUp)
        {
            await _watch.FirstCheck.WaitAsync(FirstCheckLimit, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            _gaveUp = true;
        }
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
