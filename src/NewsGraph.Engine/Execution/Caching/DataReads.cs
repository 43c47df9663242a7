namespace NewsGraph.Engine.Execution.Caching;

/// <summary>
/// What one execution has read, so that its result can be taken away when any of it changes. Whoever reads for a result
/// adds what the reading depended on, before or after it; what is not found counts, too. Safe for concurrent use.
/// </summary>
public sealed class DataReads
{
    // It follows the execution wherever it goes, so that no loader can be forgotten.
    private static readonly AsyncLocal<DataReads?> Flow = new();

    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _tags = [];
    private bool _forbidden;

    /// <summary>The execution this code runs for; null where nobody wants to know.</summary>
    public static DataReads? Current => Flow.Value;

    /// <summary>Whether the result must not be kept: nothing was read, or something that nobody tells the changes of.</summary>
    internal bool IsForbidden
    {
        get
        {
            lock (_gate)
            {
                return _forbidden || _tags.Count == 0;
            }
        }
    }

    /// <summary>Adds what was read.</summary>
    /// <param name="tags">What it depends on.</param>
    public void Add(params ReadOnlySpan<DataTag> tags)
    {
        lock (_gate)
        {
            foreach (var tag in tags)
            {
                _tags.Add(tag.Value);
            }
        }
    }

    /// <summary>Says that the result depends on what has no tag (the time, another service): it is not kept.</summary>
    public void Forbid()
    {
        lock (_gate)
        {
            _forbidden = true;
        }
    }

    /// <summary>
    /// Runs work whose reads are left out: because what it gives depends on <paramref name="instead"/> alone, whatever it
    /// looks at, or on what is added by the caller.
    /// </summary>
    /// <param name="instead">What it depends on; may be empty.</param>
    /// <param name="work">The work.</param>
    public static Task<T> InsteadAsync<T>(ReadOnlySpan<DataTag> instead, Func<Task<T>> work)
    {
        if (Current is not { } reads)
        {
            return work();
        }

        reads.Add(instead);
        return AloneAsync(work);
    }

    /// <summary>Runs work and gathers what it reads here.</summary>
    internal async ValueTask<T> GatherAsync<T>(Func<ValueTask<T>> work)
    {
        // An async method: what it sets ends with it.
        Flow.Value = this;
        return await work();
    }

    internal ulong[] ToArray()
    {
        lock (_gate)
        {
            return [.. _tags];
        }
    }

    private static async Task<T> AloneAsync<T>(Func<Task<T>> work)
    {
        Flow.Value = null;
        return await work();
    }
}
