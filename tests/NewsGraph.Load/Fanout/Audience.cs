using System.Diagnostics;
using System.Threading.Channels;
using NewsGraph.Gateway.Drill;
using NewsGraph.Load.Sockets;

namespace NewsGraph.Load.Fanout;

/// <summary>The subscribers of one server, and how events are sent to them.</summary>
/// <param name="source">The server.</param>
/// <param name="pool">Its subscribers.</param>
/// <param name="firstMarker">The first event's number; no two audiences of one server may use the same.</param>
internal sealed class Audience(IEventSource source, SubscriberPool pool, int firstMarker = 0) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly int _firstMarker = firstMarker;
    private int _marker = firstMarker;

    public IEventSource Source => source;

    /// <summary>Sends events until everybody has got one, and waits until everybody has got the last: from then on all are listening.</summary>
    public async Task GatherAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var last = _marker;
        while (pool.All.Any(s => s.Last < _firstMarker))
        {
            await source.PostAsync(last = _marker++, cancellationToken);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            RequireAll(started);
        }

        while (pool.All.Any(s => s.Last < last))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            RequireAll(started);
        }
    }

    /// <summary>Sends events at a steady rate, whatever becomes of them.</summary>
    public async Task<FanoutResult> SendAsync(int rate, int count, CancellationToken cancellationToken)
    {
        var log = new DeliveryLog(_marker, count, pool.All.Count);
        pool.Deliver(log);
        var processor = source.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var posts = new List<Task>(count);
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var i = 0; i < count; i++)
        {
            posts.Add(PostAsync(log, _marker++, cancellationToken));
            await clock.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(posts);
        var due = (long)count * pool.All.Count;
        var waiting = Stopwatch.GetTimestamp();
        while (log.Count < due && pool.Ended is null && Stopwatch.GetElapsedTime(waiting) < Patience)
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return Result(log, count, started, processor);
    }

    /// <summary>Keeps a number of events under way for a time: a new one is sent when one has reached everybody.</summary>
    public async Task<FanoutResult> SaturateAsync(int underWay, TimeSpan time, CancellationToken cancellationToken)
    {
        const int Most = 100_000;
        var finished = Channel.CreateUnbounded<int>();
        var log = new DeliveryLog(_marker, Most, pool.All.Count) { ReachedAll = marker => finished.Writer.TryWrite(marker) };
        pool.Deliver(log);
        var processor = source.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var posts = new List<Task>();
        var open = 0;
        while (open > 0 || Stopwatch.GetElapsedTime(started) < time)
        {
            for (; open < underWay && posts.Count < Most && Stopwatch.GetElapsedTime(started) < time; open++)
            {
                posts.Add(PostAsync(log, _marker++, cancellationToken));
            }

            await NextAsync(finished.Reader, posts, cancellationToken);
            open--;
        }

        var result = Result(log, posts.Count, started, processor);
        await Task.WhenAll(posts);
        return result;
    }

    public void Dispose() => pool.Dispose();

    private Task PostAsync(DeliveryLog log, int marker, CancellationToken cancellationToken)
    {
        log.Starting(marker);
        return source.PostAsync(marker, cancellationToken);
    }

    private FanoutResult Result(DeliveryLog log, int posted, long started, TimeSpan processor) => new(
        log.Total(posted), log.Latency, log.Count, Stopwatch.GetElapsedTime(started), source.ProcessorTime - processor, pool.Ended);

    private async Task NextAsync(ChannelReader<int> finished, List<Task> posts, CancellationToken cancellationToken)
    {
        try
        {
            await finished.ReadAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            await Task.WhenAll(posts).WaitAsync(Patience, cancellationToken);
            throw new InvalidOperationException($"An event did not reach everybody. {pool.Ended}");
        }
    }

    private void RequireAll(long started)
    {
        if (pool.Ended is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        if (Stopwatch.GetElapsedTime(started) > Patience)
        {
            throw new InvalidOperationException($"Some subscribers of the {source.Name} get nothing.");
        }
    }
}

/// <summary>What became of a run of events.</summary>
internal sealed record FanoutResult(
    DeliveryTally Tally, LatencyHistogram Latency, long Deliveries, TimeSpan Time, TimeSpan Processor, string? Ended)
{
    /// <summary>Deliveries a second.</summary>
    public double Rate => Deliveries / Time.TotalSeconds;

    /// <summary>The server's processor time for one delivery, in microseconds.</summary>
    public double Cost => Processor.TotalMicroseconds / Math.Max(1, Deliveries);
}
