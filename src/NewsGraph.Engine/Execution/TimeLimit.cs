using System.Collections.Concurrent;

namespace NewsGraph.Engine.Execution;

/// <summary>How long an operation may take. The token is cancelled when the time is over, or when the caller gives up.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeLimits _limits;
    private readonly CancellationTokenSource _source;
    private CancellationTokenRegistration _caller;
    private CancellationToken _callerToken;

    public TimeLimit(TimeLimits limits, CancellationTokenSource source)
    {
        _limits = limits;
        _source = source;
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it is the time that ended the operation.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_callerToken.IsCancellationRequested;

    public void Start(CancellationToken caller)
    {
        _callerToken = caller;
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public void Lift() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public Task CancelAsync() => _source.CancelAsync();

    public void Dispose()
    {
        _caller.Dispose();
        _limits.Return(_source);
    }
}

/// <summary>Hands out time limits; a source that was not cancelled serves again.</summary>
/// <param name="limit">The time.</param>
/// <param name="time">The clock.</param>
internal sealed class TimeLimits(TimeSpan limit, TimeProvider time)
{
    private const int MaxKept = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _kept = new();

    public TimeSpan Limit => limit;

    public TimeLimit Start(CancellationToken caller)
    {
        if (_kept.TryDequeue(out var source))
        {
            source.CancelAfter(limit);
        }
        else
        {
            source = new CancellationTokenSource(limit, time);
        }

        var started = new TimeLimit(this, source);
        started.Start(caller);
        return started;
    }

    public void Return(CancellationTokenSource source)
    {
        // The system's timer alone can be told to wait again.
        if (ReferenceEquals(time, TimeProvider.System) && _kept.Count < MaxKept && source.TryReset())
        {
            _kept.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }
}
