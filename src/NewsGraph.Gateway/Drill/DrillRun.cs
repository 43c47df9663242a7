using System.Diagnostics;

namespace NewsGraph.Gateway.Drill;

/// <summary>A whole drill against a cluster: readers, comments and faults at once, then the comparison with the database.</summary>
internal sealed class DrillRun(DrillPlan plan, IDrillCluster cluster, TimeProvider time, Action<DrillProgress> report)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly EventBook _book = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private List<DrillReader> _readers = [];
    private DrillWriter? _writer;
    private Faults? _faults;

    /// <summary>How long one query or comment is tried at all nodes in turn.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <exception cref="DrillException">It could not be carried through.</exception>
    public async Task<DrillResult> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new NewsClient(http, cluster.Endpoints, Patience, time);
        var article = await ArticleFeed.FindAsync(client, plan.Article, cancellationToken);
        _readers = [.. Enumerable.Range(0, plan.Clients).Select(i => new DrillReader(i, TransportOf(i), article, _book, client))];
        _writer = new DrillWriter(article, _book, client);
        _faults = new Faults(plan, cluster, _readers, time);

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = _readers.ConvertAll(reader => reader.RunAsync(reading.Token));
        IReadOnlyList<ReceivedEvent> feed;
        try
        {
            await FireAsync(cancellationToken);
            feed = await article.ReadAsync(client, cancellationToken);
            await SettleAsync(feed, cancellationToken);
        }
        finally
        {
            await reading.CancelAsync();
            await Task.WhenAll(readers);
        }

        // What came in behind the last look is known to the feed, too, even if nobody had to get it yet.
        return Compare(article, feed, await article.ReadAsync(client, cancellationToken));
    }

    private DrillTransport TransportOf(int reader) => plan.Transport == DrillTransport.Mixed
        ? (reader % 2 == 0 ? DrillTransport.Ws : DrillTransport.Sse)
        : plan.Transport;

    private async Task FireAsync(CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var faults = CancellationTokenSource.CreateLinkedTokenSource(all.Token);
        faults.CancelAfter(plan.Duration);
        var breaking = _faults!.RunAsync(faults.Token, all.Token);
        var posting = _writer!.RunAsync(plan.Rate, plan.Duration, all.Token);
        try
        {
            // A fault that cannot be mended ends the drill; comments go on through all others.
            while (!breaking.IsFaulted && !(breaking.IsCompleted && posting.IsCompleted))
            {
                Report("under fire");
                await Task.Delay(Glance, time, cancellationToken);
            }
        }
        finally
        {
            await all.CancelAsync();
        }

        await breaking;
        await posting;
    }

    private async Task SettleAsync(IReadOnlyList<ReceivedEvent> feed, CancellationToken cancellationToken)
    {
        var last = feed.Count > 0 ? feed[^1].Position : null;
        var since = Stopwatch.GetTimestamp();
        while (_readers.Any(reader => reader.Last != last) && Stopwatch.GetElapsedTime(since) < plan.Settle)
        {
            Report("settling");
            await Task.Delay(Glance, time, cancellationToken);
        }

        Report("settled");
    }

    private DrillResult Compare(ArticleFeed article, IReadOnlyList<ReceivedEvent> due, IReadOnlyList<ReceivedEvent> feed)
    {
        var places = _book.Places(feed.Select(e => e.Position));
        var results = _readers.ConvertAll(reader => new NumberedResult(
            reader.Index,
            reader.Transport,
            ReaderResult.Of(
                DeliveryTally.Of([.. reader.Received.Select(number => places[number])], due.Count), reader.Latency, reader.Reconnects, reader.Resets)));
        var latency = new LatencyHistogram();
        _readers.ForEach(reader => latency.Add(reader.Latency));
        var stored = feed.Select(e => _book.CommentOf(e.Text)).OfType<int>().ToList();
        return new DrillResult
        {
            Article = article.Slug,
            Time = Stopwatch.GetElapsedTime(_started),
            Posted = _writer!.Posted,
            Acknowledged = _writer.AcknowledgedCount,
            Lost = _writer.Acknowledged.Except(stored).Count(),
            StoredTwice = stored.Count - stored.Distinct().Count(),
            PostProblem = _writer.Problem,
            NodeKills = _faults!.NodeKills,
            RedisRestarts = _faults.RedisRestarts,
            Cuts = _faults.Cuts,
            SocketsCut = _faults.SocketsCut,
            Total = ReaderResult.Of(
                results.Aggregate(default(DeliveryTally), (sum, r) => sum + r.Result.Tally),
                latency,
                results.Sum(r => r.Result.Reconnects),
                results.Sum(r => r.Result.Resets)),
            Readers = results,
            Problems =
            [
                .. _readers.SelectMany(reader => reader.Problems)
                    .GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal)
                    .Select(g => KeyValuePair.Create(g.Key, g.Sum()))
                    .OrderByDescending(p => p.Value),
            ],
        };
    }

    private void Report(string step) => report(new DrillProgress(
        step,
        Stopwatch.GetElapsedTime(_started),
        _writer!.Posted,
        _writer.AcknowledgedCount,
        _readers.Count(reader => reader.IsConnected),
        _readers.Count,
        _readers.Sum(reader => (long)reader.Count),
        _faults!.NodeKills,
        _faults.RedisRestarts,
        _faults.Cuts));
}
