using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Comments;

/// <summary>An article's comments, as readers see them.</summary>
internal sealed record CommentCount(long ArticleId, long Count);

/// <summary>That counts are different from what was told before.</summary>
internal sealed record CommentCountsChanged(IReadOnlyList<CommentCount> Counts);

/// <summary>
/// The comment counts of some articles as one line of events: what changed since the last one, at most once in an
/// interval. All who ask for the same articles share one. Safe for concurrent use.
/// </summary>
internal sealed class CommentCountSource : IEventSource, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly List<IEventListener> _listeners = [];
    private readonly Dictionary<long, long> _counts = [];
    private readonly SortedSet<long> _changed = [];
    private IAsyncDisposable[] _feeds = [];
    private long _number;
    private long _toldAt;
    private bool _waiting;

    private CommentCountSource(IReadOnlyCollection<long> articleIds, TimeProvider time)
    {
        (ArticleIds, _time) = (articleIds, time);
        _timer = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The articles, each once.</summary>
    public IReadOnlyCollection<long> ArticleIds { get; }

    /// <summary>The last event's number.</summary>
    public long Number
    {
        get
        {
            lock (_gate)
            {
                return _number;
            }
        }
    }

    /// <summary>Begins to follow the articles' feeds.</summary>
    public static async Task<CommentCountSource> StartAsync(IReadOnlyCollection<long> articleIds, FeedHub feeds, TimeProvider time)
    {
        var source = new CommentCountSource(articleIds, time);
        var watches = articleIds.Select(id => feeds.WatchAsync(FeedNames.OfArticle(id), item => source.Hear(id, item), CancellationToken.None)).ToList();
        try
        {
            source._feeds = await Task.WhenAll(watches);
            return source;
        }
        catch
        {
            // The others go on to start; each is given back once it has.
            source._feeds = [.. (await Task.WhenAll(watches.Select(StartedAsync))).OfType<IAsyncDisposable>()];
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Learns counts that were read, where no event has told newer ones.</summary>
    public void Learn(IEnumerable<CommentCount> counts)
    {
        lock (_gate)
        {
            foreach (var (id, count) in counts)
            {
                _counts.TryAdd(id, count);
            }
        }
    }

    public long Add(IEventListener listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
            return _number;
        }
    }

    public void Remove(IEventListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Nothing old is kept: the last event says it all, and those before it nothing any more.</summary>
    public Task<IReadOnlyList<SourceEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var count = (int)Math.Clamp(_number - after, 0, limit);
            var events = new SourceEvent[count];
            for (var i = 0; i < count; i++)
            {
                var number = after + i + 1;
                events[i] = new SourceEvent(number, number == _number ? Changed(_counts.Keys.Order()) : null);
            }

            return Task.FromResult<IReadOnlyList<SourceEvent>>(events);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in _feeds)
        {
            await feed.DisposeAsync();
        }

        await _timer.DisposeAsync();
    }

    private static async Task<IAsyncDisposable?> StartedAsync(Task<IAsyncDisposable> watch)
    {
        await ((Task)watch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return watch.IsCompletedSuccessfully ? await watch : null;
    }

    private void Hear(long articleId, FeedEvent item)
    {
        // The count of these is the article's comments; that of a like is not, and an edit changes none.
        if (item.Kind is not (FeedEventKind.CommentAdded or FeedEventKind.CommentRemoved or FeedEventKind.CommentsClosed or FeedEventKind.CommentsOpened))
        {
            return;
        }

        lock (_gate)
        {
            if (_counts.TryGetValue(articleId, out var known) && known == item.Count)
            {
                return;
            }

            _counts[articleId] = item.Count;
            _changed.Add(articleId);
            if (_waiting)
            {
                return;
            }

            var rest = _number == 0 ? TimeSpan.Zero : Interval - _time.GetElapsedTime(_toldAt);
            if (rest <= TimeSpan.Zero)
            {
                Tell();
            }
            else
            {
                _waiting = true;
                _timer.Change(rest, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Tell()
    {
        lock (_gate)
        {
            _waiting = false;
            _toldAt = _time.GetTimestamp();
            var told = new SourceEvent(++_number, Changed(_changed));
            _changed.Clear();
            foreach (var listener in _listeners)
            {
                listener.OnEvent(told);
            }
        }
    }

    private CommentCountsChanged Changed(IEnumerable<long> articleIds) => new([.. articleIds.Select(id => new CommentCount(id, _counts[id]))]);
}
