using System.Diagnostics;
using NewsGraph.Gateway.Drill;
using NewsGraph.Load.Sockets;

namespace NewsGraph.Load.Fanout;

/// <summary>
/// Counts every delivery of a run of events. The order in which events first reach anybody is the order in which all must
/// get them. Events are announced by <see cref="Starting"/> from any thread; all else happens on the pool's thread,
/// until the run is over and <see cref="Total"/> is asked for.
/// </summary>
internal sealed class DeliveryLog : IEventSink
{
    private const int Unseen = -1;

    private readonly int _first;
    private readonly int[] _next;
    private readonly long[] _started;
    private readonly int[] _places;
    private readonly int[] _reached;
    private readonly Dictionary<int, List<int>> _astray = [];
    private int _seen;
    private long _count;

    /// <param name="first">The first event's number; earlier ones are not counted.</param>
    /// <param name="capacity">How many events there may be.</param>
    /// <param name="subscribers">How many subscribers.</param>
    public DeliveryLog(int first, int capacity, int subscribers)
    {
        _first = first;
        _next = new int[subscribers];
        _started = new long[capacity];
        _places = new int[capacity];
        _reached = new int[capacity];
        Array.Fill(_places, Unseen);
    }

    /// <summary>From the moment an event's post began to its receipt.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>How many deliveries there were so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Called when an event has reached everybody.</summary>
    public Action<int>? ReachedAll { get; init; }

    /// <summary>Says that an event is about to be posted.</summary>
    public void Starting(int marker) => Volatile.Write(ref _started[marker - _first], Stopwatch.GetTimestamp());

    public void Received(int subscriber, int marker, long timestamp, ReadOnlySpan<byte> message)
    {
        var number = marker - _first;
        if (number < 0 || number >= _places.Length)
        {
            return;
        }

        var place = _places[number];
        if (place == Unseen)
        {
            place = _places[number] = _seen++;
        }

        Note(subscriber, place);
        Latency.Record(Stopwatch.GetElapsedTime(Volatile.Read(ref _started[number]), timestamp));
        Volatile.Write(ref _count, _count + 1);
        if (++_reached[number] == _next.Length)
        {
            ReachedAll?.Invoke(marker);
        }
    }

    /// <summary>What all subscribers together should have got and got.</summary>
    /// <param name="posted">How many events were posted and acknowledged.</param>
    public DeliveryTally Total(int posted)
    {
        var total = default(DeliveryTally);
        for (var subscriber = 0; subscriber < _next.Length; subscriber++)
        {
            total += _astray.TryGetValue(subscriber, out var received)
                ? DeliveryTally.Of(received, posted)
                : new DeliveryTally(posted, _next[subscriber], Math.Max(0, posted - _next[subscriber]), 0, 0, 0);
        }

        return total;
    }

    // Whoever gets event after event needs one number; only who does not needs a list.
    private void Note(int subscriber, int place)
    {
        if (_astray.TryGetValue(subscriber, out var received))
        {
            received.Add(place);
        }
        else if (place == _next[subscriber])
        {
            _next[subscriber]++;
        }
        else
        {
            _astray[subscriber] = [.. Enumerable.Range(0, _next[subscriber]), place];
        }
    }
}
