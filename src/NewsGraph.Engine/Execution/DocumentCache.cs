namespace NewsGraph.Engine.Execution;

/// <summary>
/// Parsed documents by their text, bounded by count and bytes. Two segments: a document enters the trial segment and
/// moves to the kept segment when it is asked for again, so a flood of documents used once only displaces its own kind.
/// </summary>
/// <param name="maxCount">How many documents are held at most; at least 2.</param>
/// <param name="maxBytes">How many bytes (estimated) they may take together; at least 1.</param>
internal sealed class DocumentCache(int maxCount, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Segment _trial = new(Math.Max(1, maxCount / 5), Math.Max(1, maxBytes / 5));
    private readonly Segment _kept = new(Math.Max(1, maxCount - (maxCount / 5)), Math.Max(1, maxBytes - (maxBytes / 5)));

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

    public CachedDocument? Find(string text)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(text, out var entry))
            {
                return null;
            }

            entry.Segment.Remove(entry);
            _kept.AddNewest(entry);
            while (_kept.IsOver)
            {
                // What is pushed out of the kept segment gets one more chance among the newcomers.
                var demoted = _kept.RemoveOldest();
                _trial.AddNewest(demoted);
            }

            TrimTrial();
            return entry.Document;
        }
    }

    public void Add(CachedDocument document)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(document.Text) || document.EstimatedBytes > _trial.MaxBytes)
            {
                return;
            }

            var entry = new Entry(document, _trial);
            _entries.Add(document.Text, entry);
            _trial.AddNewest(entry);
            TrimTrial();
        }
    }

    private void TrimTrial()
    {
        while (_trial.IsOver)
        {
            _entries.Remove(_trial.RemoveOldest().Document.Text);
        }
    }

    private sealed class Entry
    {
        public Entry(CachedDocument document, Segment segment)
        {
            Document = document;
            Segment = segment;
            Node = new LinkedListNode<Entry>(this);
        }

        public CachedDocument Document { get; }

        public LinkedListNode<Entry> Node { get; }

        public Segment Segment { get; set; }
    }

    private sealed class Segment(int maxCount, long maxBytes)
    {
        private readonly LinkedList<Entry> _byAge = new();
        private long _bytes;

        public long MaxBytes { get; } = maxBytes;

        public bool IsOver => _byAge.Count > maxCount || _bytes > MaxBytes;

        public void AddNewest(Entry entry)
        {
            entry.Segment = this;
            _byAge.AddLast(entry.Node);
            _bytes += entry.Document.EstimatedBytes;
        }

        public void Remove(Entry entry)
        {
            _byAge.Remove(entry.Node);
            _bytes -= entry.Document.EstimatedBytes;
        }

        public Entry RemoveOldest()
        {
            var entry = _byAge.First!.Value;
            Remove(entry);
            return entry;
        }
    }
}
