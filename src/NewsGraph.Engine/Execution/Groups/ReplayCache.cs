namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// What was executed for a replay, by number, so that all who return from the same place cost one execution each event,
/// though they come one after the other. Not safe for concurrent use; the group's lock guards it.
/// </summary>
/// <param name="maxBytes">How many bytes the results may take together.</param>
internal sealed class ReplayCache(int maxBytes)
{
    // What an entry takes besides its bytes.
    private const int EntryBytes = 100;

    private readonly Dictionary<long, SubscriptionEvent?> _byNumber = [];
    private readonly Queue<long> _byAge = new();
    private long _bytes;

    /// <summary>Changes when everything kept became unusable.</summary>
    public int Version { get; private set; }

    public bool IsEmpty => _byNumber.Count == 0;

    public bool TryGet(long number, out SubscriptionEvent? item) => _byNumber.TryGetValue(number, out item);

    /// <summary>Keeps a result, unless the cache was cleared since the event was read.</summary>
    /// <param name="number">The event.</param>
    /// <param name="item">Its result; null when it tells nothing.</param>
    /// <param name="version">The version when it was read.</param>
    public void Add(long number, SubscriptionEvent? item, int version)
    {
        if (version != Version || !_byNumber.TryAdd(number, item))
        {
            return;
        }

        _byAge.Enqueue(number);
        _bytes += SizeOf(item);
        while (_bytes > maxBytes)
        {
            _byNumber.Remove(_byAge.Dequeue(), out var dropped);
            _bytes -= SizeOf(dropped);
        }
    }

    public void Clear()
    {
        _byNumber.Clear();
        _byAge.Clear();
        _bytes = 0;
        Version++;
    }

    private static int SizeOf(SubscriptionEvent? item) => EntryBytes + (item?.Json.Length ?? 0);
}
