using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// Gives up the oldest events of every feed, by age and by count. Only from the beginning, so that what is kept has no
/// gap, and in small acts, so that nobody who posts waits for it. Several nodes may run it at once.
/// </summary>
public sealed class FeedPruning(INewsWriter writer, IDbContextFactory<NewsContext> databases, IOptions<FeedOptions> options, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>Prunes every feed that has too old or too many events; returns how many events are gone.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow().UtcDateTime - options.Value.KeepFor;
        var pruned = 0;
        foreach (var feed in await FindAsync(oldest, cancellationToken))
        {
            while (await PruneAsync(feed, oldest, cancellationToken) is var gone && gone > 0)
            {
                pruned += gone;
            }
        }

        return pruned;
    }

    private async Task<List<string>> FindAsync(DateTime oldest, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        var events = db.Set<FeedEvent>();
        var keep = (long)options.Value.KeepCount;
        return await db.Set<Feed>()
            .Where(f => events.Where(e => e.Feed == f.Name).Min(e => (long?)e.Number) <= f.LastNumber - keep
                || events.Where(e => e.Feed == f.Name).OrderBy(e => e.Number).Select(e => (DateTime?)e.At).FirstOrDefault() < oldest)
            .Select(f => f.Name)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Prunes some of one feed; 0 when nothing is left to prune.</summary>
    private Task<int> PruneAsync(string feed, DateTime oldest, CancellationToken cancellationToken) => writer.WriteAsync(
        async (scope, ct) =>
        {
            var last = await scope.Db.Set<Feed>().Where(f => f.Name == feed).Select(f => f.LastNumber).SingleAsync(ct);
            var events = scope.Db.Set<FeedEvent>().Where(e => e.Feed == feed);
            var first = await events.OrderBy(e => e.Number).Select(e => new { e.Number, e.At }).Take(BatchSize).ToListAsync(ct);
            var prunable = first.TakeWhile(e => e.Number <= last - options.Value.KeepCount || e.At < oldest).LastOrDefault();
            return prunable is null ? 0 : await events.Where(e => e.Number <= prunable.Number).ExecuteDeleteAsync(ct);
        },
        cancellationToken);
}

/// <summary>Prunes at intervals.</summary>
internal sealed partial class PruneFeeds(FeedPruning pruning, IOptions<FeedOptions> options, TimeProvider time, ILogger<PruneFeeds> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PruneInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PruneAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await pruning.RunAsync(cancellationToken) is var count && count > 0)
            {
                LogPruned(logger, count);
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            LogPruningFailed(logger, exception);
        }
    }

    [LoggerMessage(112, LogLevel.Information, "{Count} events of the feeds were too old or too many and are not kept any more.")]
    private static partial void LogPruned(ILogger logger, int count);

    [LoggerMessage(113, LogLevel.Warning, "The feeds could not be pruned; tried again at the next interval.")]
    private static partial void LogPruningFailed(ILogger logger, Exception exception);
}
