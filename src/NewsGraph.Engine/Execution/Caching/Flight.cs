namespace NewsGraph.Engine.Execution.Caching;

/// <summary>One execution and those who wait for it. It ends when nobody does any more, whoever began it.</summary>
/// <param name="key">The request's bytes.</param>
/// <param name="since">The purges there had been when it began.</param>
#pragma warning disable CA1001 // A source without timer and wait handle holds nothing that would have to be given back.
internal sealed class Flight(byte[] key, long since)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _abandoned = new();
    private Task<OperationResult>? _result;
    private TaskCompletionSource? _started;
    private int _waiting = 1;

    public byte[] Key { get; } = key;

    public long Since { get; } = since;

    /// <summary>Ends the execution.</summary>
    public CancellationToken Token => _abandoned.Token;

    /// <summary>One more waits; false when the last one has gone.</summary>
    public bool TryJoin()
    {
        lock (_gate)
        {
            if (_waiting == 0)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>Says what to wait for.</summary>
    public void Start(Task<OperationResult> result)
    {
        TaskCompletionSource? started;
        lock (_gate)
        {
            _result = result;
            started = _started;
        }

        started?.SetResult();
    }

    /// <summary>Waits for the result; each who joined does so once.</summary>
    public async ValueTask<OperationResult> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = _result;
            if (result is null)
            {
                await StartedAsync().WaitAsync(cancellationToken);
                result = _result!;
            }

            return result.IsCompletedSuccessfully ? result.Result : await result.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    // Whoever joins while the execution's first steps are still on its way waits for the task to be there.
    private Task StartedAsync()
    {
        lock (_gate)
        {
            if (_result is not null)
            {
                return Task.CompletedTask;
            }

            _started ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _started.Task;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_waiting > 0)
            {
                return;
            }
        }

        if (_result is { IsCompleted: false })
        {
            _abandoned.Cancel();
        }
    }
}
