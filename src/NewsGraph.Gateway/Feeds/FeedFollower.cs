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
    private readonly int _readSize;
    private readonly ILogger _logger;
    private readonly Channel<FeedEvent?> _signals;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncDisposable? _subscription;
    private Task _loop = Task.CompletedTask;
    private long _known;

    private FeedFollower(string feed, FeedLog log, FeedContents contents, FeedOptions options, ILogger logger)
    {
        (_feed, _log, _readSize, _logger) = (feed, log, options.ReadSize, logger);
        Audience = new FeedAudience(feed, contents, options.MaxWaitingEvents);
        Source = new FeedSource(feed, Audience, log, contents);

        // A full queue may drop the newest bell: the one before it still wakes the loop, and _known says how far to read.
        _signals = Channel.CreateBounded<FeedEvent?>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    }

    /// <summary>Who listens.</summary>
    public FeedAudience Audience { get; }

    /// <summary>The feed for the engine's groups.</summary>
    public FeedSource Source { get; }

    private long Delivered => Audience.Delivered;

    /// <summary>Starts to follow: first the bell, then the position, so that nothing falls between them.</summary>
    public static async Task<FeedFollower> StartAsync(
        string feed, FeedLog log, FeedContents contents, ITopicBus bus, FeedOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var follower = new FeedFollower(feed, log, contents, options, logger);
        try
        {
            follower._subscription = await bus.SubscribeAsync(feed, follower.Bell, cancellationToken);
            follower.Audience.BeginAfter(await log.LastNumberAsync(feed, cancellationToken));
            follower._loop = Task.Run(follower.RunAsync, CancellationToken.None);
            return follower;
        }
        catch
        {
            await follower.DisposeAsync();
            throw;
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
        Audience.End();
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
        for (var known = Volatile.Read(ref _known); number > known;)
        {
            known = Interlocked.CompareExchange(ref _known, number, known);
        }
    }

    private async Task RunAsync()
    {
        await foreach (var entry in _signals.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                if (entry is not null && entry.Number == Delivered + 1)
                {
                    await Audience.DeliverAsync(TakeWhatFollows(entry), _stop.Token);
                }

                while (Delivered < Volatile.Read(ref _known) && !_stop.IsCancellationRequested)
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
                LogFillFailed(_logger, _feed, Delivered, exception);
            }
        }
    }

    /// <summary>An event and those waiting that follow it without a gap, so that a burst is read together.</summary>
    private List<FeedEvent> TakeWhatFollows(FeedEvent first)
    {
        List<FeedEvent> events = [first];
        while (events.Count < _readSize
            && _signals.Reader.TryPeek(out var next) && next is not null && next.Number == events[^1].Number + 1
            && _signals.Reader.TryRead(out _))
        {
            events.Add(next);
        }

        return events;
    }

    /// <summary>Reads a page of what is missing; false when the log has nothing more.</summary>
    private async Task<bool> FillAsync()
    {
        var missing = await _log.ReadAsync(_feed, Delivered, _readSize, _stop.Token);
        await Audience.DeliverAsync(missing, _stop.Token);
        return missing.Count > 0;
    }

    [LoggerMessage(110, LogLevel.Warning, "Feed {Feed} could not be read after event {Delivered}; the next position check tries again.")]
    private static partial void LogFillFailed(ILogger logger, string feed, long delivered, Exception exception);
}
