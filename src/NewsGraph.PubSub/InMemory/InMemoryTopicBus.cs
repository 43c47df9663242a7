using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NewsGraph.PubSub.InMemory;

/// <summary>
/// A bus for an installation of one node. It always delivers and never raises <see cref="Reconnected"/>.
/// Safe for concurrent use.
/// </summary>
internal sealed class InMemoryTopicBus(IOptions<InMemoryTopicBusOptions> options, ILogger<InMemoryTopicBus> logger) : ITopicBus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TopicSubscribers> _topics = new(StringComparer.Ordinal);

    public event Action? Reconnected
    {
        add { }
        remove { }
    }

    public TopicBusStatus Status => TopicBusStatus.Always;

    /// <summary>How many topics have a subscriber.</summary>
    internal int TopicCount
    {
        get
        {
            lock (_lock)
            {
                return _topics.Count;
            }
        }
    }

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        TopicName.ThrowIfInvalid(topic);
        cancellationToken.ThrowIfCancellationRequested();
        TopicSubscribers? subscribers;
        lock (_lock)
        {
            _topics.TryGetValue(topic, out subscribers);
        }

        subscribers?.Post(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken = default)
    {
        TopicName.ThrowIfInvalid(topic);
        ArgumentNullException.ThrowIfNull(onMessage);
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new TopicSubscription(topic, onMessage, options.Value.QueueCapacity, logger);
        lock (_lock)
        {
            if (!_topics.TryGetValue(topic, out var subscribers))
            {
                _topics.Add(topic, subscribers = new TopicSubscribers());
            }

            subscribers.Add(subscription);
        }

        return ValueTask.FromResult<IAsyncDisposable>(new Handle(this, topic, subscription));
    }

    private void Remove(string topic, TopicSubscription subscription)
    {
        lock (_lock)
        {
            if (_topics.TryGetValue(topic, out var subscribers))
            {
                subscribers.Remove(subscription);
                if (subscribers.IsEmpty)
                {
                    _topics.Remove(topic);
                }
            }
        }
    }

    private sealed class Handle(InMemoryTopicBus bus, string topic, TopicSubscription subscription) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            bus.Remove(topic, subscription);
            return new ValueTask(subscription.CloseAsync());
        }
    }
}
