using Microsoft.Extensions.Options;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// This node's feeds: each is followed while somebody here listens. Safe for concurrent use; a feed that is slow to
/// start delays only its own subscribers.
/// </summary>
public sealed class FeedHub(FeedLog log, ITopicBus bus, IOptions<FeedOptions> options, ILogger<FeedHub> logger)
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
        Followed followed;
        lock (_gate)
        {
            if (!_followed.TryGetValue(feed, out followed!))
            {
                // Not the first subscriber's token: when it goes, the others still wait for the same follower.
                followed = new Followed(new Lazy<Task<FeedFollower>>(
                    () => FeedFollower.StartAsync(feed, log, bus, options.Value, logger, CancellationToken.None)));
                _followed.Add(feed, followed);
            }

            followed.Subscribers++;
        }

        try
        {
            var follower = await followed.Follower.Value.WaitAsync(lifetime);
            var (events, after) = follower.Add();
            return new FeedSubscription(events, after, () => ReleaseAsync(feed, followed, events), lifetime);
        }
        catch
        {
            await ReleaseAsync(feed, followed, null);
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

    private async ValueTask ReleaseAsync(string feed, Followed followed, System.Threading.Channels.ChannelReader<FeedEvent>? events)
    {
        bool last;
        lock (_gate)
        {
            last = --followed.Subscribers == 0;
            if (last)
            {
                _followed.Remove(feed);
            }
        }

        try
        {
            var follower = await followed.Follower.Value;
            if (events is not null)
            {
                follower.Remove(events);
            }

            if (last)
            {
                await follower.DisposeAsync();
            }
        }
        catch (Exception) when (events is null)
        {
            // It never started; the subscribers have been told.
        }
    }

    private sealed class Followed(Lazy<Task<FeedFollower>> follower)
    {
        public Lazy<Task<FeedFollower>> Follower { get; } = follower;

        public int Subscribers { get; set; }
    }
}
