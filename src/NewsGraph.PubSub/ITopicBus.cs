namespace NewsGraph.PubSub;

/// <summary>
/// Carries small messages between the nodes of one installation. Delivery is at most once and unordered across
/// publishers: a message may be lost when the connection drops, so whoever needs more compares positions (see Feeds).
/// Safe for concurrent use.
/// </summary>
public interface ITopicBus
{
    /// <summary>Whether messages currently reach other nodes, and since when and why they do not.</summary>
    TopicBusStatus Status { get; }

    /// <summary>
    /// Raised when messages flow again after they may have been missed: every topic is subscribed, and a message has been
    /// seen to come through.
    /// </summary>
    event Action? Reconnected;

    /// <summary>
    /// Sends a message to every current subscriber of the topic, on this node too. Never waits for them, and does not
    /// throw when the connection is lost: the message then reaches this node at most.
    /// </summary>
    /// <param name="topic">The topic's name, 1 to 512 characters.</param>
    /// <param name="message">The bytes; owned by the bus from here on.</param>
    /// <param name="cancellationToken">Gives up sending.</param>
    ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Calls <paramref name="onMessage"/> for each message published after the returned task has completed, until disposed.
    /// The handler must be quick and must not throw (what it throws is logged and hurts nobody else). Messages of one
    /// subscription come one at a time and in the order the bus received them, on a thread of the pool. Each subscription
    /// has a bounded queue; when its handler lags behind, the oldest messages are dropped. Once the subscription's
    /// disposal has completed, the handler is not running and is not called again. While the bus is not connected a
    /// subscription is accepted and comes alive before <see cref="Reconnected"/> is raised.
    /// </summary>
    /// <param name="topic">The topic's name, 1 to 512 characters.</param>
    /// <param name="onMessage">Receives the bytes, which it must not change.</param>
    /// <param name="cancellationToken">Gives up subscribing.</param>
    ValueTask<IAsyncDisposable> SubscribeAsync(string topic, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken = default);
}
