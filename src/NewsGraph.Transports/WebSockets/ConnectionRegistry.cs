using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// All open connections: one timer serves them all, each once a second, and they are sent away together when the node
/// stops. The timer takes a tenth of them at a time: pings to thousands at once would each hold a block of the server's
/// memory until they are sent, and an event would wait behind them.
/// </summary>
internal sealed class ConnectionRegistry : IDisposable
{
    private const int Parts = 10;
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1) / Parts;

    private readonly ConcurrentDictionary<WebSocketConnection, TaskCompletionSource?>[] _parts =
        [.. Enumerable.Range(0, Parts).Select(_ => new ConcurrentDictionary<WebSocketConnection, TaskCompletionSource?>())];

    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private volatile Func<TimeSpan>? _nextReconnect;
    private int _ticking;
    private int _ticked;

    public ConnectionRegistry(TimeProvider clock, ILogger<ConnectionRegistry> logger)
    {
        _clock = clock;
        _logger = logger;
        _timer = clock.CreateTimer(static state => ((ConnectionRegistry)state!).Tick(), this, TickInterval, TickInterval);
    }

    /// <summary>How many connections are open.</summary>
    public int Count => _parts.Sum(part => part.Count);

    public void Add(WebSocketConnection connection)
    {
        PartOf(connection).TryAdd(connection, null);

        // After the adding: an upgrade that was let in at the last moment is noticed here or by the drain.
        if (_nextReconnect is { } next)
        {
            connection.Close(CloseCode.ServiceRestart, CloseReason.ReconnectIn(next()));
        }
    }

    public void Remove(WebSocketConnection connection)
    {
        if (PartOf(connection).TryRemove(connection, out var ended))
        {
            ended?.TrySetResult();
        }
    }

    /// <summary>
    /// Sends every client away, some at a time, each as soon as the answers it waits for are out. Completes when none is left.
    /// </summary>
    /// <param name="maxClosing">How many may be closing at a time.</param>
    /// <param name="nextReconnect">When the next client is to come back.</param>
    /// <param name="hard">Cuts those that are left.</param>
    /// <returns>How many were cut.</returns>
    public async Task<int> DrainAsync(int maxClosing, Func<TimeSpan> nextReconnect, CancellationToken hard)
    {
        _nextReconnect = nextReconnect;
        using var slots = new SemaphoreSlim(maxClosing);
        var sent = await Task.WhenAll(
            _parts.SelectMany(part => part.Keys).Select(connection => SendAwayAsync(connection, slots, nextReconnect, hard)));
        return sent.Count(closed => !closed);
    }

    public void Dispose() => _timer.Dispose();

    private ConcurrentDictionary<WebSocketConnection, TaskCompletionSource?> PartOf(WebSocketConnection connection) =>
        _parts[(connection.GetHashCode() & int.MaxValue) % Parts];

    /// <summary>Whether the client was told.</summary>
    private async Task<bool> SendAwayAsync(
        WebSocketConnection connection, SemaphoreSlim slots, Func<TimeSpan> nextReconnect, CancellationToken hard)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!PartOf(connection).TryUpdate(connection, ended, null))
        {
            return true;
        }

        try
        {
            await connection.Operations.WhenAnsweredAsync().WaitAsync(hard);
            await slots.WaitAsync(hard);
            try
            {
                connection.Close(CloseCode.ServiceRestart, CloseReason.ReconnectIn(nextReconnect()));
                await ended.Task.WaitAsync(hard);
                return true;
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            connection.Abort();
            return false;
        }
    }

    private void Tick()
    {
        if (Interlocked.Exchange(ref _ticking, 1) == 1)
        {
            return;
        }

        try
        {
            var now = _clock.GetTimestamp();
            _ticked = (_ticked + 1) % Parts;
            foreach (var (connection, _) in _parts[_ticked])
            {
                connection.Tick(now);
            }
        }
#pragma warning disable CA1031 // An exception on a timer's thread would end the process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ConnectionLog.Failed(_logger, e);
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
        }
    }
}
