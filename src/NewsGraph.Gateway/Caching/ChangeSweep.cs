using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Caching;

/// <summary>
/// Reads at each position check what other processes have changed, so that a lost bell delays a purge and loses none.
/// Each reading vouches for what is kept, until the one after the next is due: a node that cannot read the log any more
/// serves nothing from memory.
/// </summary>
internal sealed partial class ChangeSweep(
    IChangeLog log,
    ResponseCache cache,
    ResponsePurge purge,
    ITopicBus bus,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<ChangeSweep> logger) : BackgroundService
{
    private readonly TimeSpan _interval = options.Value.PositionCheckInterval;
    private readonly SemaphoreSlim _now = new(0);
    private readonly SemaphoreSlim _one = new(1);
    private ChangePosition? _position;
    private long _readAt;
    private IAsyncDisposable? _bell;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (cache.IsEnabled)
        {
            // First the bell, then the position, so that nothing falls between them.
            _bell = await bus.SubscribeAsync(ResponsePurge.Topic, Hear, cancellationToken);
            bus.Reconnected += SweepSoon;
            await TrySweepAsync(cancellationToken);
            await base.StartAsync(cancellationToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        bus.Reconnected -= SweepSoon;
        if (_bell is not null)
        {
            await _bell.DisposeAsync();
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _now.Dispose();
        _one.Dispose();
    }

    /// <summary>Reads the log once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            bool hasMore;
            do
            {
                var begun = time.GetTimestamp();
                var page = await log.ReadChangesAsync(_position, cancellationToken);
                Apply(page, begun);
                hasMore = page.HasMore;
                if (!hasMore)
                {
                    cache.Trust(begun, _interval * 2);
                }
            }
            while (hasMore);
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        try
        {
            var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            var soon = _now.WaitAsync(stoppingToken);
            while (true)
            {
                var first = await Task.WhenAny(tick, soon);
                await first;
                if (first == tick)
                {
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }
                else
                {
                    soon = _now.WaitAsync(stoppingToken);
                }

                await TrySweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Apply(ChangePage page, long begun)
    {
        if (_position is not { } position)
        {
            // What was read before this node knew where the log stands may have changed since.
            cache.PurgeAll();
        }
        else if (page.MissesAfter(position) || time.GetElapsedTime(_readAt, begun) >= ChangePruning.KeepFor)
        {
            // What is not in the log, or not any more, may have been anything. On PostgreSQL its numbers alone do not tell:
            // a change with a lower one may have come to light and have been given up while this node was cut off.
            cache.PurgeAll();
            LogMissed(logger);
        }

        foreach (var change in page.Changes)
        {
            purge.Read(change, comesAgain: page.Position.Transaction > 0);
        }

        if (page.Oldest > 0)
        {
            purge.ForgetUpTo(page.Oldest - 1);
        }

        (_position, _readAt) = (page.Position, begun);
    }

    private void Hear(ReadOnlyMemory<byte> bell)
    {
        if (!purge.Heard(bell.Span))
        {
            SweepSoon();
        }
    }

    private void SweepSoon()
    {
        // One that is still to begin reads what this is about, too.
        if (_now.CurrentCount == 0)
        {
            _now.Release();
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            LogSweepFailed(logger, exception);
        }
    }

    [LoggerMessage(131, LogLevel.Warning, "What other nodes have changed could not be read; nothing is served from memory until it can be.")]
    private static partial void LogSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(132, LogLevel.Warning, "Something was changed that is not in the log of changes (by a migration, a restored database, or longer ago than changes are kept): this node starts with an empty cache.")]
    private static partial void LogMissed(ILogger logger);
}
