using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// The one connection of this node. It begins with <see cref="Start"/>, which does not wait, and is retried with
/// growing pauses until it stands; later losses are repaired by the client library with such pauses, too.
/// Safe for concurrent use.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int FirstReconnectDelayMilliseconds = 250;

    private readonly ConfigurationOptions _configuration;
    private readonly string _endPoints;
    private readonly TimeSpan _maxDelay;
    private readonly RedisStatus _status;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _startLock = new();
    private Task? _connecting;
    private RedisLink? _link;

    public RedisConnection(RedisTopicBusOptions options, RedisStatus status, TimeProvider time, ILogger logger)
    {
        _configuration = ConfigurationOptions.Parse(options.Configuration);
        // Failing attempts are repeated here, so that a link always knows what kind of server it leads to.
        _configuration.AbortOnConnectFail = true;
        // A bell that rings minutes late helps nobody: what cannot be sent now is not queued.
        _configuration.BacklogPolicy = BacklogPolicy.FailFast;
        // Its pauses have a random part already.
        _configuration.ReconnectRetryPolicy =
            new ExponentialRetry(FirstReconnectDelayMilliseconds, (int)options.MaxReconnectDelay.TotalMilliseconds);
        _endPoints = string.Join(", ", _configuration.EndPoints.Select(RedisLink.Text));
        (_status, _maxDelay, _time, _logger) = (status, options.MaxReconnectDelay, time, logger);
    }

    /// <summary>Raised when something has changed after which messages may have been missed: a socket went or came, slots moved.</summary>
    public event Action? Changed;

    /// <summary>Raised when an attempt to make the first connection has failed.</summary>
    public event Action? AttemptFailed;

    public bool IsConnected => Link is { IsConnected: true };

    /// <summary>The current connection; null until the first one stands.</summary>
    public RedisLink? Link => Volatile.Read(ref _link);

    /// <summary>Begins to connect, once.</summary>
    public void Start()
    {
        lock (_startLock)
        {
            _connecting ??= Task.Run(ConnectAsync);
        }
    }

    /// <summary>Tries to put a new connection in the place of one that stands but does not deliver.</summary>
    public Task ReplaceAsync() => TryConnectAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task connecting;
        lock (_startLock)
        {
            connecting = _connecting ??= Task.CompletedTask;
        }

        await connecting;
        if (Interlocked.Exchange(ref _link, null) is { } link)
        {
            await link.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        for (var failures = 1; !await TryConnectAsync(); failures++)
        {
            AttemptFailed?.Invoke();
            await Task.Delay(BackOff.After(failures, _maxDelay), _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Answers false when another attempt is to be made.</summary>
    private async Task<bool> TryConnectAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return true;
        }

        // With Sentinel the client library writes the servers it found into the options it was given.
        var attempt = ConnectionMultiplexer.ConnectAsync(_configuration.Clone());
        try
        {
            await AdoptAsync(await attempt.WaitAsync(_stopping.Token));
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _ = attempt.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason: as long as this node runs, it goes on trying.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _status.Fail($"Redis at {_endPoints} does not answer.", exception);
            return false;
        }
    }

    private async Task AdoptAsync(ConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed += OnConnectionFailed;
        multiplexer.ConnectionRestored += (_, _) => Changed?.Invoke();
        multiplexer.ConfigurationChanged += (_, _) => Changed?.Invoke();
        multiplexer.HashSlotMoved += (_, _) => Changed?.Invoke();
        // The old one goes first: nothing may arrive over both.
        if (Interlocked.Exchange(ref _link, new RedisLink(multiplexer)) is { } old)
        {
            RedisLog.Replaced(_logger);
            await old.DisposeAsync();
        }

        Changed?.Invoke();
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        // Of a cluster a part may be left: then the next probe says what is wrong.
        if (!IsConnected)
        {
            _status.Fail($"The connection to Redis at {_endPoints} is lost.", failure.Exception);
        }

        Changed?.Invoke();
    }
}
