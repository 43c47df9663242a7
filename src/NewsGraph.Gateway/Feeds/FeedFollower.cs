using System.Threading.Channels;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// One node's eye on one feed, alive while it has a subscriber here. It remembers the last number it delivered: the next
/// one goes out at once, a jump is filled from the log, an old number is ignored. So every subscriber sees every event
/// once and in order, however bells are lost, doubled or swapped.
/// <see cref="Bell"/> and <see cref="Hint"/> may be called from any thread; delivery happens on one loop.
/// </summary>
internal sealed partial class FeedFollower : IAsyncDisposable
{
    private readonly string _feed;
    private readonly FeedLog _log;
    private readonly FeedOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<Channel<FeedEvent>> _subscribers = [];
    private readonly Channel<FeedEvent?> _signals;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncDisposable? _subscription;
    private Task _loop = Task.CompletedTask;
    private long _delivered;
    private long _known;

    private FeedFollower(string feed, FeedLog log, FeedOptions options, ILogger logger)
    {
        (_feed, _log, _options, _logger) = (feed, log, options, logger);

        // A full queue may drop the newest bell: the one before it still wakes the loop, and _known says how far to read.
        _signals = Channel.CreateBounded<FeedEvent?>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    }

    /// <summary>The last number delivered to this node's subscribers.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Starts to follow: first the bell, then the position, so that nothing falls between them.</summary>
    public static async Task<FeedFollower> StartAsync(
        string feed, FeedLog log, ITopicBus bus, FeedOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var follower = new FeedFollower(feed, log, options, logger);
        try
        {
            follower._subscription = await bus.SubscribeAsync(feed, follower.Bell, cancellationToken);
            follower._delivered = await log.LastNumberAsync(feed, cancellationToken);
            follower._loop = Task.Run(follower.RunAsync, CancellationToken.None);
            return follower;
        }
        catch
        {
            await follower.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a subscriber; it receives what comes after the returned number.</summary>
    public (ChannelReader<FeedEvent> Events, long After) Add()
    {
        var channel = Channel.CreateBounded<FeedEvent>(new BoundedChannelOptions(_options.MaxWaitingEvents) { SingleReader = true, SingleWriter = true });
        lock (_gate)
        {
            _subscribers.Add(channel);
            return (channel.Reader, _delivered);
        }
    }

    /// <summary>Takes a subscriber away; its events end, for one that still reads them, too.</summary>
    public void Remove(ChannelReader<FeedEvent> events)
    {
        lock (_gate)
        {
            if (_subscribers.Find(s => s.Reader == events) is { } subscriber)
            {
                _subscribers.Remove(subscriber);
                subscriber.Writer.TryComplete();
            }
        }
    }

    /// <summary>Says that the log has come as far as a number (the position check).</summary>
    public void Hint(long number)
    {
        if (number > Delivered)
        {
            Raise(number);
            _signals.Writer.TryWrite(null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _signals.Writer.TryComplete();
        if (_subscription is not null)
        {
            await _subscription.DisposeAsync();
        }

        await _loop;
        lock (_gate)
        {
            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryComplete();
            }

            _subscribers.Clear();
        }

        _stop.Dispose();
    }

    private void Bell(ReadOnlyMemory<byte> message)
    {
        var entry = FeedMessage.Read(_feed, message.Span);
        if (entry is not null && entry.Number > Delivered)
        {
            Raise(entry.Number);
            _signals.Writer.TryWrite(entry);
        }
    }

    private void Raise(long number)
    {
        lock (_gate)
        {
            _known = Math.Max(_known, number);
        }
    }

    private async Task RunAsync()
    {
        await foreach (var entry in _signals.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                if (entry is not null && entry.Number == _delivered + 1)
                {
                    Deliver(entry);
                }

                while (_delivered < Volatile.Read(ref _known) && !_stop.IsCancellationRequested)
                {
                    if (!await FillAsync())
                    {
                        break;
                    }
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The position check comes again in seconds and asks for the same numbers.
                LogFillFailed(_logger, _feed, _delivered, exception);
            }
        }
    }

    /// <summary>Reads a page of what is missing; false when the log has nothing more.</summary>
    private async Task<bool> FillAsync()
    {
        var missing = await _log.ReadAsync(_feed, _delivered, _options.ReadSize, _stop.Token);
        foreach (var entry in missing)
        {
            Deliver(entry);
        }

        return missing.Count > 0;
    }

    private void Deliver(FeedEvent entry)
    {
        lock (_gate)
        {
            Volatile.Write(ref _delivered, entry.Number);
            for (var i = _subscribers.Count - 1; i >= 0; i--)
            {
                if (!_subscribers[i].Writer.TryWrite(entry))
                {
                    _subscribers[i].Writer.TryComplete(new SlowSubscriberException(_feed));
                    _subscribers.RemoveAt(i);
                }
            }
        }
    }

    [LoggerMessage(110, LogLevel.Warning, "Feed {Feed} could not be read after event {Delivered}; the next position check tries again.")]
    private static partial void LogFillFailed(ILogger logger, string feed, long delivered, Exception exception);
}

/// <summary>A subscriber did not take its events in time. It must subscribe again from the position it last saw.</summary>
public sealed class SlowSubscriberException(string feed) : Exception($"The subscriber of feed {feed} is too slow.");
