using System.Collections.Concurrent;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>
/// Values by key, bounded by count and bytes. Two segments, each in the order its values came: a value enters the trial
/// segment, and only one that was asked for again by the time it has got to the end is kept; so a flood of values used
/// once only displaces its own kind. Finding takes no lock. Safe for concurrent use.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <param name="maxCount">How many values are held at most; at least 2.</param>
/// <param name="maxBytes">How many bytes they may take together; at least 1.</param>
/// <param name="comparer">Compares keys.</param>
internal sealed class SegmentedCache<TKey, TValue>(int maxCount, long maxBytes, IEqualityComparer<TKey> comparer)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new(comparer);
    private readonly Segment _trial = new(Math.Max(1, maxCount / 5), Math.Max(1, maxBytes / 5));
    private readonly Segment _kept = new(Math.Max(1, maxCount - (maxCount / 5)), Math.Max(1, maxBytes - (maxBytes / 5)));

    /// <summary>How many values are held.</summary>
    public int Count => Volatile.Read(ref _trial.Count) + Volatile.Read(ref _kept.Count);

    /// <summary>How many bytes they take.</summary>
    public long Bytes => Volatile.Read(ref _trial.Bytes) + Volatile.Read(ref _kept.Bytes);

    /// <summary>How many were given up for others.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>The largest value that is taken in.</summary>
    public long MaxValueBytes => _trial.MaxBytes;

    private long _evicted;

    /// <summary>The value of a key.</summary>
    public TValue? Find(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Use() : null;

    /// <summary>A way to find by something that is no key but equal to one.</summary>
    /// <typeparam name="TLike">What is like a key; the comparer must know it.</typeparam>
    public Finder<TLike> By<TLike>()
        where TLike : notnull, allows ref struct => new(_entries.GetAlternateLookup<TLike>());

    /// <summary>Takes a value in, in place of the key's last one. One that is too large is not taken.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="bytes">What it takes with its key.</param>
    public bool Add(TKey key, TValue value, long bytes)
    {
        if (bytes > MaxValueBytes)
        {
            return false;
        }

        lock (_gate)
        {
            var used = false;
            if (_entries.TryRemove(key, out var last))
            {
                used = last.Segment == _kept || last.IsUsed;
                last.Segment!.Remove(last);
            }

            var entry = new Entry(key, value, bytes) { IsUsed = used };
            _entries[key] = entry;
            _trial.AddNewest(entry);
            Trim();
            return true;
        }
    }

    /// <summary>Gives a value up, unless its key has another one by now.</summary>
    public void Remove(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Value, value))
            {
                _entries.TryRemove(key, out _);
                entry.Segment!.Remove(entry);
            }
        }
    }

    /// <summary>Says that a value takes more than it did.</summary>
    public void Grow(TKey key, TValue value, long bytes)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Value, value))
            {
                entry.Bytes += bytes;
                entry.Segment!.Bytes += bytes;
                Trim();
            }
        }
    }

    private void Trim()
    {
        while (_trial.IsOver)
        {
            var oldest = _trial.RemoveOldest();
            if (oldest.IsUsed)
            {
                oldest.IsUsed = false;
                _kept.AddNewest(oldest);
                TrimKept();
            }
            else
            {
                Evict(oldest);
            }
        }

        TrimKept();
    }

    private void TrimKept()
    {
        // Each gets one more round for having been used in the last one; then somebody has to go, however busy all are.
        for (var chances = _kept.Count; _kept.IsOver;)
        {
            var oldest = _kept.RemoveOldest();
            if (oldest.IsUsed && --chances >= 0)
            {
                oldest.IsUsed = false;
                _kept.AddNewest(oldest);
            }
            else
            {
                Evict(oldest);
            }
        }
    }

    private void Evict(Entry entry)
    {
        _evicted++;
        _entries.TryRemove(entry.Key, out _);
    }

    /// <summary>Finds by what is like a key.</summary>
    /// <typeparam name="TLike">What is like a key.</typeparam>
    internal readonly struct Finder<TLike>(ConcurrentDictionary<TKey, Entry>.AlternateLookup<TLike> entries)
        where TLike : notnull, allows ref struct
    {
        private readonly ConcurrentDictionary<TKey, Entry>.AlternateLookup<TLike> _entries = entries;

        /// <summary>The value of the key that is equal.</summary>
        public TValue? Find(TLike like) => _entries.TryGetValue(like, out var entry) ? entry.Use() : null;
    }

    internal sealed class Entry
    {
        public Entry(TKey key, TValue value, long bytes)
        {
            (Key, Value, Bytes) = (key, value, bytes);
            Node = new LinkedListNode<Entry>(this);
        }

        public TKey Key { get; }

        public TValue Value { get; }

        public long Bytes { get; set; }

        public LinkedListNode<Entry> Node { get; }

        public Segment? Segment { get; set; }

        public bool IsUsed { get; set; }

        public TValue Use()
        {
            // Written once a round and not at each use: other processors read it too.
            if (!IsUsed)
            {
                IsUsed = true;
            }

            return Value;
        }
    }

    internal sealed class Segment(int maxCount, long maxBytes)
    {
        private readonly LinkedList<Entry> _byAge = new();

#pragma warning disable CA1051 // Read without the lock, by address.
        public int Count;
        public long Bytes;
#pragma warning restore CA1051

        public long MaxBytes { get; } = maxBytes;

        public bool IsOver => Count > maxCount || Bytes > MaxBytes;

        public void AddNewest(Entry entry)
        {
            entry.Segment = this;
            _byAge.AddLast(entry.Node);
            Count++;
            Bytes += entry.Bytes;
        }

        public void Remove(Entry entry)
        {
            _byAge.Remove(entry.Node);
            Count--;
            Bytes -= entry.Bytes;
        }

        public Entry RemoveOldest()
        {
            var entry = _byAge.First!.Value;
            Remove(entry);
            return entry;
        }
    }
}
