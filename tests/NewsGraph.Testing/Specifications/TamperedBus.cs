using NewsGraph.PubSub;

namespace NewsGraph.Testing.Specifications;

/// <summary>A bus between a feed and the real one, through which a test loses, keeps back and counts.</summary>
public sealed class TamperedBus(ITopicBus bus) : ITopicBus
{
    private readonly TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _reconnected;
    private int _subscriptions;

    public event Action? Reconnected
    {
        add
        {
            _reconnected += value;
            _watched.TrySetResult();
        }

        remove => _reconnected -= value;
    }

    public TopicBusStatus Status => bus.Status;

    /// <summary>Decides which messages pass; null lets all pass.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? Passes { get; set; }

    /// <summary>The messages that did not pass, in order.</summary>
    public List<(string Topic, ReadOnlyMemory<byte> Message)> Held { get; } = [];

    /// <summary>Thrown instead of subscribing.</summary>
    public Exception? SubscribeFailure { get; set; }

    /// <summary>Whether a message is refused with an exception instead of sent.</summary>
    public bool PublishFails { get; set; }

    /// <summary>How many subscriptions stand.</summary>
    public int Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Complete once somebody listens to <see cref="Reconnected"/>.</summary>
    public Task Watched => _watched.Task;

    /// <summary>Says that a lost connection is back.</summary>
    public void Reconnect() => _reconnected?.Invoke();

    /// <summary>Sends one of the messages kept back.</summary>
    public ValueTask SendHeldAsync(int index) => bus.PublishAsync(Held[index].Topic, Held[index].Message);

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (PublishFails)
        {
            throw new InvalidOperationException("The bus failed.");
        }

        if (Passes?.Invoke(message) ?? true)
        {
            return bus.PublishAsync(topic, message, cancellationToken);
        }

        Held.Add((topic, message));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken = default)
    {
        if (SubscribeFailure is { } failure)
        {
            throw failure;
        }

        var subscription = await bus.SubscribeAsync(topic, onMessage, cancellationToken);
        Interlocked.Increment(ref _subscriptions);
        return new Counted(this, subscription);
    }

    private sealed class Counted(TamperedBus bus, IAsyncDisposable subscription) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await subscription.DisposeAsync();
            Interlocked.Decrement(ref bus._subscriptions);
        }
    }
}
