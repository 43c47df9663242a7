using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Caching;

/// <summary>
/// Gives up changes that every node has read long ago, oldest first and never the last one: what is left of the numbers
/// tells a node whether it has missed any. Several nodes may run it at once.
/// </summary>
internal sealed partial class ChangePruning(
    INewsWriter writer, IDbContextFactory<NewsContext> databases, TimeProvider time, ILogger<ChangePruning> logger) : BackgroundService
{
    /// <summary>How long a change is kept.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);

    /// <summary>Prunes once; how many are gone.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } first)
        {
            return 0;
        }

        return await writer.WriteAsync(
            (scope, ct) => scope.Db.Set<DataChange>().Where(c => c.Id < first).ExecuteDeleteAsync(ct), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeepFor / 5, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
                {
                    LogPruningFailed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    // The first to be kept: the first that is young, or the last of all. By number and not by time, since nodes' clocks differ.
    private async Task<long?> FindAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow().UtcDateTime - KeepFor;
        await using var db = databases.CreateDbContext();
        var changes = db.Set<DataChange>();
        var last = await changes.MaxAsync(c => (long?)c.Id, cancellationToken);
        var young = await changes.Where(c => c.At >= oldest).MinAsync(c => (long?)c.Id, cancellationToken);
        return young ?? last;
    }

    [LoggerMessage(133, LogLevel.Warning, "Changes that all nodes have read could not be given up; tried again at the next interval.")]
    private static partial void LogPruningFailed(ILogger logger, Exception exception);
}
