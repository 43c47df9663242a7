using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Comments;

/// <summary>This node's comment counts: those of the same articles have one source, alive while somebody listens. Safe for concurrent use.</summary>
internal sealed class CommentCountSources(FeedHub feeds, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _held = [];

    /// <summary>Whether somebody holds the source of some articles.</summary>
    public bool Holds(IReadOnlyCollection<long> articleIds)
    {
        lock (_gate)
        {
            return _held.ContainsKey(KeyOf(articleIds));
        }
    }

    /// <summary>Holds the source of some articles; give it back once with <see cref="ReleaseAsync"/>.</summary>
    /// <param name="articleIds">The articles, each once, in ascending order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CommentCountSource> HoldAsync(IReadOnlyCollection<long> articleIds, CancellationToken cancellationToken)
    {
        Held held;
        lock (_gate)
        {
            if (!_held.TryGetValue(KeyOf(articleIds), out held!))
            {
                held = new Held(new Lazy<Task<CommentCountSource>>(() => CommentCountSource.StartAsync(articleIds, feeds, time)));
                _held.Add(KeyOf(articleIds), held);
            }

            held.Holders++;
        }

        try
        {
            return await held.Source.Value.WaitAsync(cancellationToken);
        }
        catch
        {
            await ReleaseAsync(articleIds);
            throw;
        }
    }

    /// <summary>Gives a source back.</summary>
    public async ValueTask ReleaseAsync(IReadOnlyCollection<long> articleIds)
    {
        Held held;
        lock (_gate)
        {
            held = _held[KeyOf(articleIds)];
            if (--held.Holders > 0)
            {
                return;
            }

            _held.Remove(KeyOf(articleIds));
        }

        await ((Task)held.Source.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (held.Source.Value.IsCompletedSuccessfully)
        {
            await (await held.Source.Value).DisposeAsync();
        }
    }

    private static string KeyOf(IReadOnlyCollection<long> articleIds) => string.Join(',', articleIds);

    private sealed class Held(Lazy<Task<CommentCountSource>> source)
    {
        public Lazy<Task<CommentCountSource>> Source { get; } = source;

        public int Holders { get; set; }
    }
}
