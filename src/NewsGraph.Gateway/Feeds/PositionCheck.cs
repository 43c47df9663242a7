using Microsoft.Extensions.Options;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// Compares positions every few seconds and at once when the bus is back, so that a lost bell, a dead publisher or a
/// Redis restart delays an event but never loses it.
/// </summary>
internal sealed partial class PositionCheck(
    FeedHub hub, ITopicBus bus, IOptions<FeedOptions> options, TimeProvider time, ILogger<PositionCheck> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var now = new SemaphoreSlim(0);
        void CheckNow() => now.Release();
        bus.Reconnected += CheckNow;
        using var timer = new PeriodicTimer(options.Value.PositionCheckInterval, time);
        try
        {
            var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            var back = now.WaitAsync(stoppingToken);
            while (true)
            {
                var first = await Task.WhenAny(tick, back);
                await first;
                if (first == tick)
                {
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }
                else
                {
                    back = now.WaitAsync(stoppingToken);
                }

                await CompareAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            bus.Reconnected -= CheckNow;
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await hub.ComparePositionsAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            LogCheckFailed(logger, exception);
        }
    }

    [LoggerMessage(111, LogLevel.Warning, "The feeds' positions could not be compared with the database; tried again at the next interval.")]
    private static partial void LogCheckFailed(ILogger logger, Exception exception);
}
