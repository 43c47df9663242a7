using System.Collections.Concurrent;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>
/// Counts the purges and remembers each tag's last one. A result carries the count at which it was known to be true; it
/// is true as long as none of its tags was purged later. So a purge only writes numbers down, whatever is kept, and a
/// result that was begun before a purge and is finished after it is seen to be old by the same rule. Safe for concurrent use.
/// </summary>
/// <param name="maxTags">How many tags are remembered; past that the older half is forgotten, and what is not known to be newer goes.</param>
internal sealed class PurgeClock(int maxTags = 131_072)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ulong, long> _last = new();
    private long _now;
    private long _floor;
    private int _added;

    /// <summary>How many purges there were. Read it before anything a result is built from.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>Takes back all results with one of the tags. When it returns, none of them is true any more.</summary>
    public void Purge(ReadOnlySpan<DataTag> tags)
    {
        if (tags.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            // First the tags, then the count: who sees the new count sees the tags.
            var next = _now + 1;
            foreach (var tag in tags)
            {
                _last[tag.Value] = next;
            }

            Volatile.Write(ref _now, next);
            if ((_added += tags.Length) >= maxTags / 2)
            {
                // Counting is not free, so it is not done at each purge.
                _added = 0;
                Forget();
            }
        }
    }

    /// <summary>Takes back all results.</summary>
    public void PurgeAll()
    {
        lock (_gate)
        {
            Volatile.Write(ref _floor, _now + 1);
            Volatile.Write(ref _now, _now + 1);
            _last.Clear();
        }
    }

    /// <summary>Whether nothing of a result was purged since a count.</summary>
    /// <param name="since">When it was known to be true.</param>
    /// <param name="tags">What it was built from.</param>
    public bool IsTrue(long since, ulong[] tags)
    {
        foreach (var tag in tags)
        {
            if (_last.TryGetValue(tag, out var purged) && purged > since)
            {
                return false;
            }
        }

        // Last: what was forgotten while the tags were looked at is below the floor by now.
        return since >= Volatile.Read(ref _floor);
    }

    private void Forget()
    {
        if (_last.Count <= maxTags)
        {
            return;
        }

        var purges = _last.Values.ToArray();
        Array.Sort(purges);
        var floor = purges[purges.Length / 2];
        Volatile.Write(ref _floor, Math.Max(_floor, floor));
        foreach (var (tag, purged) in _last)
        {
            if (purged <= floor)
            {
                _last.TryRemove(tag, out _);
            }
        }
    }
}
