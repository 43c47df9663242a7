using System.Threading.Channels;

namespace NewsGraph.Gateway.Feeds;

/// <summary>One subscriber's events of one feed. Enumerate it once; it ends when disposed or when its lifetime is cancelled.</summary>
public sealed class FeedSubscription : IAsyncEnumerable<FeedEvent>, IAsyncDisposable
{
    private readonly ChannelReader<FeedEvent> _events;
    private readonly Func<ValueTask> _release;
    private readonly CancellationTokenRegistration _lifetime;
    private int _released;

    internal FeedSubscription(ChannelReader<FeedEvent> events, long after, Func<ValueTask> release, CancellationToken lifetime)
    {
        (_events, After, _release) = (events, after, release);

        // A subscriber may go before it reads its first event; then nobody enumerates, and nobody disposes.
        _lifetime = lifetime.Register(() => _ = ReleaseAsync().AsTask());
    }

    /// <summary>The number after which the events begin.</summary>
    public long After { get; }

    /// <inheritdoc/>
    /// <exception cref="SlowSubscriberException">Too many events wait.</exception>
    public async IAsyncEnumerator<FeedEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (var entry in _events.ReadAllAsync(cancellationToken))
            {
                yield return entry;
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Ends the subscription; doing it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lifetime.DisposeAsync();
        await ReleaseAsync();
    }

    private ValueTask ReleaseAsync() => Interlocked.Exchange(ref _released, 1) == 0 ? _release() : ValueTask.CompletedTask;
}
