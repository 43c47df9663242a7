using System.Buffers;
using System.Text;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// Valid documents by their text, which may be given as it came, in UTF-8; bounded by count and bytes. Two segments: a document enters the trial segment and
/// moves to the kept segment when it is asked for again, so a flood of documents used once only displaces its own kind.
/// </summary>
internal sealed class DocumentCache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], Entry> _entries;
    private readonly Dictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8;
    private readonly DocumentMetrics? _metrics;
    private readonly Segment _trial;
    private readonly Segment _kept;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="maxCount">How many documents are held at most; at least 2.</param>
    /// <param name="maxBytes">How many bytes (estimated) they may take together; at least 1.</param>
    /// <param name="metrics">Where it is counted, or null.</param>
    public DocumentCache(int maxCount, long maxBytes, DocumentMetrics? metrics = null)
    {
        _entries = new Dictionary<byte[], Entry>(BytesComparer.Instance);
        _byUtf8 = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
        _trial = new Segment(Math.Max(1, maxCount / 5), Math.Max(1, maxBytes / 5));
        _kept = new Segment(Math.Max(1, maxCount - (maxCount / 5)), Math.Max(1, maxBytes - (maxBytes / 5)));
        _metrics = metrics;
        metrics?.Watch(this);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How many bytes the documents take, estimated.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _trial.Bytes + _kept.Bytes;
            }
        }
    }

    public CachedDocument? Find(string text)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var found = Find(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
            // Half a surrogate pair becomes another character on the way.
            return found is not null && string.Equals(found.Text, text, StringComparison.Ordinal) ? found : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    /// <summary>Finds a document by the bytes of its text, without decoding them.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    public CachedDocument? Find(ReadOnlySpan<byte> utf8)
    {
        lock (_gate)
        {
            if (!_byUtf8.TryGetValue(utf8, out var entry))
            {
                _metrics?.Missed();
                return null;
            }

            _metrics?.Found();
            Renew(entry);
            return entry.Document;
        }
    }

    public void Add(CachedDocument document)
    {
        var key = Encoding.UTF8.GetBytes(document.Text);
        lock (_gate)
        {
            if (_entries.ContainsKey(key) || document.EstimatedBytes > _trial.MaxBytes)
            {
                return;
            }

            var entry = new Entry(document, key, _trial);
            _entries.Add(key, entry);
            _trial.AddNewest(entry);
            TrimTrial();
        }
    }

    private void Renew(Entry entry)
    {
        entry.Segment.Remove(entry);
        _kept.AddNewest(entry);
        while (_kept.IsOver)
        {
            // What is pushed out of the kept segment gets one more chance among the newcomers.
            var demoted = _kept.RemoveOldest();
            _trial.AddNewest(demoted);
        }

        TrimTrial();
    }

    private void TrimTrial()
    {
        while (_trial.IsOver)
        {
            _entries.Remove(_trial.RemoveOldest().Key);
        }
    }

    private sealed class Entry
    {
        public Entry(CachedDocument document, byte[] key, Segment segment)
        {
            Document = document;
            Key = key;
            Segment = segment;
            Node = new LinkedListNode<Entry>(this);
        }

        public CachedDocument Document { get; }

        public byte[] Key { get; }

        public LinkedListNode<Entry> Node { get; }

        public Segment Segment { get; set; }
    }

    private sealed class Segment(int maxCount, long maxBytes)
    {
        private readonly LinkedList<Entry> _byAge = new();

        public long Bytes { get; private set; }

        public long MaxBytes { get; } = maxBytes;

        public bool IsOver => _byAge.Count > maxCount || Bytes > MaxBytes;

        public void AddNewest(Entry entry)
        {
            entry.Segment = this;
            _byAge.AddLast(entry.Node);
            Bytes += entry.Document.EstimatedBytes;
        }

        public void Remove(Entry entry)
        {
            _byAge.Remove(entry.Node);
            Bytes -= entry.Document.EstimatedBytes;
        }

        public Entry RemoveOldest()
        {
            var entry = _byAge.First!.Value;
            Remove(entry);
            return entry;
        }
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // Seeded by the process, so that nobody can prepare documents that collide.
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
