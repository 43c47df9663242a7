using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.Transports.Connections;

/// <summary>
/// Takes the node out of service before the server itself stops: announced at once, then a delay in which balancers look
/// elsewhere, then nothing new is let in and every client is sent away. Requests that are under way are the server's to
/// wait for.
/// </summary>
internal sealed partial class DrainService(
    Draining draining,
    ConnectionRegistry sockets,
    IOptions<ShutdownOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<DrainService> logger) : IHostedLifecycleService, IDisposable
{
    private readonly ShutdownOptions _options = options.Value;
    private CancellationTokenRegistration _stopping;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(draining.Announce);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        draining.Announce();
        if (_options.DrainDelay > TimeSpan.Zero)
        {
            await Task.Delay(_options.DrainDelay, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var count = sockets.Count;
        var started = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(_options.Timeout, clock);
        using var hard = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await draining.BeginAsync();
        var cut = await sockets.DrainAsync(_options.MaxClosing, draining.NextReconnect, hard.Token);
        LogDrained(logger, count, cut, clock.GetElapsedTime(started).TotalMilliseconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    [LoggerMessage(141, LogLevel.Information, "{Count} WebSockets were sent away in {Milliseconds:0} ms, {Cut} of them cut off.")]
    private static partial void LogDrained(ILogger logger, int count, int cut, double milliseconds);
}
