using System.Threading.Channels;
using NewsGraph.Engine.Execution.Groups;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// Who listens to one feed here: groups of subscribers, which are told what events say, readers and watchers of the bare events.
/// One loop delivers; anybody may join and leave.
/// </summary>
internal sealed class FeedAudience(string feed, FeedContents contents, int maxWaitingEvents)
{
    private readonly Lock _gate = new();
    private readonly List<Channel<FeedEvent>> _readers = [];
    private readonly List<Action<FeedEvent>> _watchers = [];
    private readonly List<IEventListener> _listeners = [];
    private long _delivered;

    /// <summary>The last number delivered.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Says where delivery begins; before anybody has joined.</summary>
    public void BeginAfter(long number) => Volatile.Write(ref _delivered, number);

    /// <summary>Adds a reader; it receives what comes after the returned number.</summary>
    public (ChannelReader<FeedEvent> Events, long After) Add()
    {
        var channel = Channel.CreateBounded<FeedEvent>(new BoundedChannelOptions(maxWaitingEvents) { SingleReader = true, SingleWriter = true });
        lock (_gate)
        {
            _readers.Add(channel);
            return (channel.Reader, _delivered);
        }
    }

    /// <summary>Takes a reader away; its events end, for one that still reads them, too.</summary>
    public void Remove(ChannelReader<FeedEvent> events)
    {
        lock (_gate)
        {
            if (_readers.Find(s => s.Reader == events) is { } reader)
            {
                _readers.Remove(reader);
                reader.Writer.TryComplete();
            }
        }
    }

    /// <summary>Adds a call that is made with every event; it is made before anybody else hears of it.</summary>
    public void Add(Action<FeedEvent> watcher)
    {
        lock (_gate)
        {
            _watchers.Add(watcher);
        }
    }

    public void Remove(Action<FeedEvent> watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    /// <summary>Adds a listener; it is told what comes after the returned number.</summary>
    public long Add(IEventListener listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
            return _delivered;
        }
    }

    public void Remove(IEventListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Delivers the events that follow the last one.</summary>
    public async Task DeliverAsync(IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken)
    {
        IReadOnlyList<SourceEvent>? told = null;
        while (!TryDeliver(events, told))
        {
            told = await contents.ReadAsync(events, cancellationToken);
        }
    }

    /// <summary>Ends everybody's events.</summary>
    public void End()
    {
        lock (_gate)
        {
            foreach (var reader in _readers)
            {
                reader.Writer.TryComplete();
            }

            _readers.Clear();
            _watchers.Clear();
            _listeners.Clear();
        }
    }

    /// <summary>False when somebody wants to know what the events tell and it was not read.</summary>
    private bool TryDeliver(IReadOnlyList<FeedEvent> events, IReadOnlyList<SourceEvent>? told)
    {
        lock (_gate)
        {
            if (told is null && _listeners.Count > 0)
            {
                return false;
            }

            for (var i = 0; i < events.Count; i++)
            {
                Volatile.Write(ref _delivered, events[i].Number);
                _watchers.ForEach(watch => watch(events[i]));
                Deliver(events[i]);
                foreach (var listener in _listeners)
                {
                    listener.OnEvent(told![i]);
                }
            }

            return true;
        }
    }

    private void Deliver(FeedEvent entry)
    {
        for (var i = _readers.Count - 1; i >= 0; i--)
        {
            if (!_readers[i].Writer.TryWrite(entry))
            {
                _readers[i].Writer.TryComplete(new SlowSubscriberException(feed));
                _readers.RemoveAt(i);
            }
        }
    }
}

/// <summary>A subscriber did not take its events in time. It must subscribe again from the position it last saw.</summary>
public sealed class SlowSubscriberException(string feed) : Exception($"The subscriber of feed {feed} is too slow.");
