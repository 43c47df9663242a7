namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// The last results of a group, bounded by count and bytes. Not safe for concurrent use; the group's lock guards it.
/// </summary>
/// <param name="maxEvents">How many results are kept at most.</param>
/// <param name="maxBytes">How many bytes they may take together.</param>
/// <param name="floor">The number after which the group began.</param>
internal sealed class EventRing(int maxEvents, int maxBytes, long floor)
{
    private readonly Queue<(long Number, SubscriptionEvent Item)> _events = new();
    private long _bytes;

    /// <summary>Everything after this number is here, except events that had nothing to tell.</summary>
    public long Floor { get; private set; } = floor;

    public void Add(long number, in SubscriptionEvent item)
    {
        _events.Enqueue((number, item));
        _bytes += item.Json.Length;
        while (_events.Count > maxEvents || _bytes > maxBytes)
        {
            var (oldest, dropped) = _events.Dequeue();
            Floor = oldest;
            _bytes -= dropped.Json.Length;
        }
    }

    /// <summary>Forgets everything up to a number.</summary>
    public void Clear(long floor)
    {
        _events.Clear();
        _bytes = 0;
        Floor = floor;
    }

    /// <summary>The results after a number, oldest first.</summary>
    public IEnumerable<(long Number, SubscriptionEvent Item)> After(long number) =>
        _events.SkipWhile(e => e.Number <= number);
}
