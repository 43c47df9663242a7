using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// This node's feeds: each is followed while somebody here listens. Safe for concurrent use; a feed that is slow to
/// start delays only its own subscribers.
/// </summary>
public sealed class FeedHub(FeedLog log, FeedContents contents, ITopicBus bus, IOptions<FeedOptions> options, ILogger<FeedHub> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Followed> _followed = [];

    /// <summary>How many feeds this node follows.</summary>
    public int FollowedCount
    {
        get
        {
            lock (_gate)
            {
                return _followed.Count;
            }
        }
    }

    /// <summary>
    /// The feed's events from now on: each once, in order, without a gap. When the task completes the subscription stands,
    /// so whatever is committed later is in it.
    /// </summary>
    /// <param name="feed">The feed's name; see <see cref="FeedNames"/>.</param>
    /// <param name="lifetime">Ends the subscription.</param>
    public async Task<FeedSubscription> FollowAsync(string feed, CancellationToken lifetime)
    {
        var lease = await HoldAsync(feed, lifetime);
        var (events, after) = lease.Follower.Audience.Add();
        return new FeedSubscription(
            events,
            after,
            () =>
            {
                lease.Follower.Audience.Remove(events);
                return lease.DisposeAsync();
            },
            lifetime);
    }

    /// <summary>
    /// Calls back with the feed's events from now on, each once and in order, until disposed: for whoever needs no more than
    /// the bare event. The call must be quick and must not throw; everybody else waits for it.
    /// </summary>
    internal async Task<IAsyncDisposable> WatchAsync(string feed, Action<FeedEvent> onEvent, CancellationToken cancellationToken)
    {
        var lease = await HoldAsync(feed, cancellationToken);
        lease.Follower.Audience.Add(onEvent);
        return new FeedWatch(lease, onEvent);
    }

    /// <summary>Follows a feed until the lease is given back.</summary>
    internal async Task<FeedLease> HoldAsync(string feed, CancellationToken cancellationToken)
    {
        Followed followed;
        lock (_gate)
        {
            if (!_followed.TryGetValue(feed, out followed!))
            {
                // Not the first subscriber's token: when it goes, the others still wait for the same follower.
                followed = new Followed(new Lazy<Task<FeedFollower>>(
                    () => FeedFollower.StartAsync(feed, log, contents, bus, options.Value, logger, CancellationToken.None)));
                _followed.Add(feed, followed);
            }

            followed.Leases++;
        }

        try
        {
            return new FeedLease(await followed.Follower.Value.WaitAsync(cancellationToken), () => ReleaseAsync(feed, followed, started: true));
        }
        catch
        {
            await ReleaseAsync(feed, followed, started: false);
            throw;
        }
    }

    /// <summary>Compares the feeds this node follows with the log, by one query, and fetches what their bells did not bring.</summary>
    public async Task ComparePositionsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, FeedFollower> followers;
        lock (_gate)
        {
            followers = _followed
                .Where(f => f.Value.Follower is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
                .ToDictionary(f => f.Key, f => f.Value.Follower.Value.Result);
        }

        if (followers.Count == 0)
        {
            return;
        }

        foreach (var (feed, number) in await log.LastNumbersAsync(followers.Keys, cancellationToken))
        {
            followers[feed].Hint(number);
        }
    }

    private async ValueTask ReleaseAsync(string feed, Followed followed, bool started)
    {
        lock (_gate)
        {
            if (--followed.Leases > 0)
            {
                return;
            }

            _followed.Remove(feed);
        }

        try
        {
            await (await followed.Follower.Value).DisposeAsync();
        }
        catch (Exception) when (!started)
        {
            // It never started; the subscribers have been told.
        }
    }

    private sealed class Followed(Lazy<Task<FeedFollower>> follower)
    {
        public Lazy<Task<FeedFollower>> Follower { get; } = follower;

        public int Leases { get; set; }
    }
}

/// <summary>A call that is made with every event of a feed, until it is disposed.</summary>
internal sealed class FeedWatch(FeedLease lease, Action<FeedEvent> onEvent) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        lease.Follower.Audience.Remove(onEvent);
        return lease.DisposeAsync();
    }
}

/// <summary>A hold on a followed feed. Give it back once; giving it back again does nothing.</summary>
internal sealed class FeedLease(FeedFollower follower, Func<ValueTask> release) : IAsyncDisposable
{
    private int _released;

    public FeedFollower Follower { get; } = follower;

    /// <summary>The feed for the engine's groups.</summary>
    public IEventSource Source => Follower.Source;

    /// <summary>Says that the log has come as far as a number.</summary>
    public void Hint(long number) => Follower.Hint(number);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _released, 1) == 0 ? release() : ValueTask.CompletedTask;
}
