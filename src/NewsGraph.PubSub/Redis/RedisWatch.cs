using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// Sees to it that messages come through: every few seconds, and at once when the connection has changed, it sends
/// messages to itself. When they do not come back it subscribes every topic again, and when that does not help it makes a
/// new connection, with growing pauses. One check runs at a time; a request during a check leads to one more.
/// </summary>
internal sealed class RedisWatch : IAsyncDisposable
{
    private const int FailuresPerConnection = 3;

    private readonly RedisConnection _connection;
    private readonly RedisTopics _topics;
    private readonly RedisProbe _probe;
    private readonly RedisStatus _status;
    private readonly RedisMetrics _metrics;
    private readonly RedisTopicBusOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstCheck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _requests =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;
    private int _failures;
    private bool _missed;

    public RedisWatch(
        RedisConnection connection, RedisTopics topics, RedisProbe probe, RedisStatus status, RedisMetrics metrics,
        RedisTopicBusOptions options, TimeProvider time, ILogger logger)
    {
        (_connection, _topics, _probe, _status, _metrics) = (connection, topics, probe, status, metrics);
        (_options, _time, _logger) = (options, time, logger);
        connection.Changed += Request;
        connection.AttemptFailed += FirstCheckDone;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Raised when messages come through again; some may have been missed before.</summary>
    public event Action? Restored;

    /// <summary>Complete when the first connection has been checked, or could not be made.</summary>
    public Task FirstCheck => _firstCheck.Task;

    /// <summary>Asks for every topic to be subscribed, and for a check. Never waits.</summary>
    public void Request() => _requests.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        _connection.Changed -= Request;
        await _stopping.CancelAsync();
        await _running;
        FirstCheckDone();
        _stopping.Dispose();
    }

    private void FirstCheckDone() => _firstCheck.TrySetResult();

    private async Task RunAsync()
    {
        var next = _requests.Reader.WaitToReadAsync(_stopping.Token).AsTask();
        while (!_stopping.IsCancellationRequested)
        {
            var pause = _failures == 0 ? _options.ProbeInterval : BackOff.After(_failures, _options.MaxReconnectDelay);
            await Task.WhenAny(next, Task.Delay(pause, _time, _stopping.Token));
            if (next.IsCompletedSuccessfully)
            {
                _requests.Reader.TryRead(out _);
                _missed = true;
                next = _requests.Reader.WaitToReadAsync(_stopping.Token).AsTask();
            }

            await CheckAsync();
        }
    }

    private async Task CheckAsync()
    {
        // While the connection is away there is nothing to try: its return is the next request.
        if (_connection.Link is not { IsConnected: true } link)
        {
            _failures = 0;
            return;
        }

        var (problem, exception) = await FindProblemAsync(link);
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        if (problem is null)
        {
            Succeed(link);
        }
        else if (link.IsConnected)
        {
            _status.Fail(problem, exception);
            if (++_failures % FailuresPerConnection == 0 && link.IsWhole)
            {
                await _connection.ReplaceAsync();
            }
        }

        FirstCheckDone();
    }

    private async Task<(string? Problem, Exception? Exception)> FindProblemAsync(RedisLink link)
    {
        try
        {
            if (_missed || _failures > 0)
            {
                await _topics.EnsureAllAsync(link, _stopping.Token);
            }

            return (await _probe.RoundAsync(link, _stopping.Token), null);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            return ("Redis does not confirm the subscription of every topic.", exception);
        }
#pragma warning disable CA1031 // A check that fails in an unforeseen way must not end all checks.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ("Whether Redis delivers cannot be checked.", exception);
        }
    }

    private void Succeed(RedisLink link)
    {
        _failures = 0;
        if (_status.Recover(link.EndPoints, _topics.Count))
        {
            _metrics.Recovered();
            _missed = true;
        }

        if (_missed)
        {
            _missed = false;
            RaiseRestored();
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
