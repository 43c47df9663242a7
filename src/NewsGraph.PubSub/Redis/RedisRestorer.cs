using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// Brings every topic back onto Redis after the connection was lost, or after a channel could not be subscribed, and
/// tells when that is done. One attempt runs at a time; requests during an attempt lead to one more.
/// </summary>
internal sealed class RedisRestorer : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    private readonly RedisConnection _connection;
    private readonly RedisTopics _topics;
    private readonly TimeSpan _maxDelay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _requests =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;

    public RedisRestorer(RedisConnection connection, RedisTopics topics, TimeSpan maxDelay, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _topics = topics;
        _maxDelay = maxDelay;
        _time = time;
        _logger = logger;
        connection.Restored += Request;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Raised after every topic is on Redis again; messages may have been missed before.</summary>
    public event Action? Restored;

    /// <summary>Asks for an attempt. Never waits.</summary>
    public void Request() => _requests.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        _connection.Restored -= Request;
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var _ in _requests.Reader.ReadAllAsync(_stopping.Token))
            {
                await RestoreAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The bus is disposed.
        }
    }

    private async Task RestoreAsync()
    {
        // While the connection is away there is nothing to try: its return is the next request.
        var delay = FirstDelay;
        while (_connection.IsConnected && _connection.Subscriber is { } subscriber)
        {
            try
            {
                await _topics.EnsureAllAsync(subscriber, _stopping.Token);
                RedisLog.Reconnected(_logger, _topics.Count);
                RaiseRestored();
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                RedisLog.RestoreFailed(_logger, delay, exception);
            }

            await Task.Delay(delay, _time, _stopping.Token);
            delay = delay * 2 < _maxDelay ? delay * 2 : _maxDelay;
        }
    }

    private void RaiseRestored()
    {
        foreach (var listener in Delegate.EnumerateInvocationList(Restored))
        {
            try
            {
                listener();
            }
#pragma warning disable CA1031 // One listener's failure must not keep the news from the others.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RedisLog.ListenerFailed(_logger, exception);
            }
        }
    }
}
