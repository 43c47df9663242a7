using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.Sse;

/// <summary>
/// The bounded queue between a subscription and the one loop that writes a stream. Whoever pushes never waits; a reader
/// whose queue overflows is cut off.
/// </summary>
internal sealed class EventQueue(int maxEvents, int maxBytes, Action tooSlow) : ISubscriptionSink
{
    private readonly Lock _gate = new();
    private readonly Queue<SubscriptionEvent> _waiting = new();
    private int _waitingBytes;
    private bool _ended;
    private TaskCompletionSource? _changed;
    private TaskCompletionSource? _room;

    public bool IsReady
    {
        get
        {
            lock (_gate)
            {
                return IsReadyNow;
            }
        }
    }

    private bool IsReadyNow => _ended || (_waiting.Count <= maxEvents / 2 && _waitingBytes <= maxBytes / 2);

    public void OnNext(in SubscriptionEvent item)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_waiting.Count < maxEvents && _waitingBytes + Weight(item) <= maxBytes)
            {
                _waiting.Enqueue(item);
                _waitingBytes += Weight(item);
                Tell(ref _changed);
                return;
            }
        }

        tooSlow();
        End();
    }

    public Task WhenReadyAsync()
    {
        lock (_gate)
        {
            return IsReadyNow ? Task.CompletedTask : Await(ref _room);
        }
    }

    /// <summary>Whether the subscription was stopped before its end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Says that nothing comes any more. The first call counts.</summary>
    public void End(bool isCut = false)
    {
        lock (_gate)
        {
            IsCut |= isCut && !_ended;
            _ended = true;
            Tell(ref _changed);
            Tell(ref _room);
        }
    }

    /// <summary>Completes when something waits, or nothing comes any more.</summary>
    public Task WhenChangedAsync()
    {
        lock (_gate)
        {
            return _ended || _waiting.Count > 0 ? Task.CompletedTask : Await(ref _changed);
        }
    }

    /// <summary>Takes what has waited longest.</summary>
    /// <param name="item">The result.</param>
    /// <param name="ended">Whether there is none and none will come.</param>
    public bool TryTake(out SubscriptionEvent item, out bool ended)
    {
        lock (_gate)
        {
            ended = false;
            if (!_waiting.TryDequeue(out item))
            {
                ended = _ended;
                return false;
            }

            _waitingBytes -= Weight(item);
            if (IsReadyNow)
            {
                Tell(ref _room);
            }

            return true;
        }
    }

    // One large result says nothing about how fast its reader is.
    private int Weight(in SubscriptionEvent item) => Math.Min(item.Json.Length, maxBytes / 4);

    private static Task Await(ref TaskCompletionSource? source) =>
        (source ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private static void Tell(ref TaskCompletionSource? source)
    {
        source?.TrySetResult();
        source = null;
    }
}
