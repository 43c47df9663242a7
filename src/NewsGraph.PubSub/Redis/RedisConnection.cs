using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace NewsGraph.PubSub.Redis;

/// <summary>
/// The one connection of this node. It begins with <see cref="Start"/>, which does not wait, and is retried with
/// growing pauses until it stands; later losses are repaired by the client library with the same pauses.
/// Safe for concurrent use.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int FirstReconnectDelayMilliseconds = 250;

    private readonly ConfigurationOptions _configuration;
    private readonly string _endPoints;
    private readonly TimeSpan _maxDelay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _startLock = new();
    private Task? _connecting;
    private int _lost;
    private ConnectionMultiplexer? _multiplexer;

    public RedisConnection(RedisTopicBusOptions options, TimeProvider time, ILogger logger)
    {
        _configuration = ConfigurationOptions.Parse(options.Configuration);
        _configuration.AbortOnConnectFail = false;
        // A bell that rings minutes late helps nobody: what cannot be sent now is not queued.
        _configuration.BacklogPolicy = BacklogPolicy.FailFast;
        _configuration.ReconnectRetryPolicy =
            new ExponentialRetry(FirstReconnectDelayMilliseconds, (int)options.MaxReconnectDelay.TotalMilliseconds);
        _endPoints = string.Join(", ", _configuration.EndPoints);
        _maxDelay = options.MaxReconnectDelay;
        _time = time;
        _logger = logger;
    }

    /// <summary>Raised when the connection stands after it was lost, or after the first attempt had failed.</summary>
    public event Action? Restored;

    public bool IsConnected => Volatile.Read(ref _multiplexer) is { } multiplexer && multiplexer.GetSubscriber().IsConnected();

    /// <summary>The door to channels; null until the first connection has been attempted.</summary>
    public ISubscriber? Subscriber => Volatile.Read(ref _multiplexer)?.GetSubscriber();

    /// <summary>Begins to connect, once.</summary>
    public void Start()
    {
        lock (_startLock)
        {
            _connecting ??= Task.Run(ConnectAsync);
        }
    }

    /// <summary>Starts if need be and waits until the first attempt has succeeded or failed.</summary>
    public Task AttemptAsync(CancellationToken cancellationToken)
    {
        Start();
        return _firstAttempt.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task? connecting;
        lock (_startLock)
        {
            connecting = _connecting ??= Task.CompletedTask;
        }

        await connecting;
        _firstAttempt.TrySetResult();
        if (Interlocked.Exchange(ref _multiplexer, null) is { } multiplexer)
        {
            await multiplexer.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        var delay = TimeSpan.FromMilliseconds(FirstReconnectDelayMilliseconds);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await AdoptAsync(await ConnectionMultiplexer.ConnectAsync(_configuration));
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                Volatile.Write(ref _lost, 1);
                RedisLog.NotReachable(_logger, _endPoints, exception);
            }

            _firstAttempt.TrySetResult();
            await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < _maxDelay ? delay * 2 : _maxDelay;
        }
    }

    private async Task AdoptAsync(ConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed += OnConnectionFailed;
        multiplexer.ConnectionRestored += (_, _) => OnConnectionRestored();
        Volatile.Write(ref _multiplexer, multiplexer);
        if (multiplexer.IsConnected)
        {
            await WaitForMessagesAsync();
        }

        if (IsConnected)
        {
            RedisLog.Connected(_logger, _endPoints);
        }
        else
        {
            Volatile.Write(ref _lost, 1);
            RedisLog.NotReachable(_logger, _endPoints, null);
        }

        _firstAttempt.TrySetResult();
        OnConnectionRestored();
    }

    // Commands and messages may travel on two sockets, and the client library hands itself over when the first one
    // stands. A subscription made before the second one does would be accepted but deaf for a moment.
    private async Task WaitForMessagesAsync()
    {
        if (!IsConnected)
        {
            await _connected.Task
                .WaitAsync(TimeSpan.FromMilliseconds(_configuration.ConnectTimeout), _time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Of two sockets only the one that comes back last counts.
    private void OnConnectionRestored()
    {
        if (!IsConnected)
        {
            return;
        }

        _connected.TrySetResult();
        if (Interlocked.Exchange(ref _lost, 0) == 1)
        {
            Restored?.Invoke();
        }
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure)
    {
        if (!_stopping.IsCancellationRequested && Interlocked.Exchange(ref _lost, 1) == 0)
        {
            RedisLog.ConnectionLost(_logger, failure.FailureType.ToString(), failure.Exception);
        }
    }
}
