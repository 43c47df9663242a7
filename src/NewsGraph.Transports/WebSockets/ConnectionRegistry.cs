using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// All open connections: one timer serves them all, and when the host stops they are all told to come back.
/// </summary>
internal sealed class ConnectionRegistry : IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<WebSocketConnection, bool> _connections = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _stopping;
    private volatile bool _isStopping;
    private int _ticking;

    public ConnectionRegistry(TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ConnectionRegistry> logger)
    {
        _clock = clock;
        _logger = logger;
        _timer = clock.CreateTimer(static state => ((ConnectionRegistry)state!).Tick(), this, TickInterval, TickInterval);
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
    }

    /// <summary>How many connections are open.</summary>
    public int Count => _connections.Count;

    public void Add(WebSocketConnection connection)
    {
        _connections.TryAdd(connection, true);

        // After the adding, so that a stop in between is noticed here or by CloseAll.
        if (_isStopping)
        {
            connection.Close(CloseCode.GoingAway, CloseReason.GoingAway);
        }
    }

    public void Remove(WebSocketConnection connection) => _connections.TryRemove(connection, out _);

    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
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
            foreach (var (connection, _) in _connections)
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

    private void CloseAll()
    {
        _isStopping = true;
        foreach (var (connection, _) in _connections)
        {
            connection.Close(CloseCode.GoingAway, CloseReason.GoingAway);
        }
    }
}
