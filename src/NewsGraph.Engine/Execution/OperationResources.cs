using Microsoft.Extensions.DependencyInjection;

namespace NewsGraph.Engine.Execution;

/// <summary>What one operation holds while it runs: its services and its time limit.</summary>
internal sealed class OperationResources : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public OperationResources(AsyncServiceScope scope, TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        _scope = scope;
        _timeout = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, caller);
    }

    public IServiceProvider Services => _scope.ServiceProvider;

    public CancellationToken Token => _either.Token;

    /// <summary>Lifts the time limit: a subscription that started may run for days.</summary>
    public void StopTimeout() => _timeout.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Ends what still holds the token, and disposes.</summary>
    public async ValueTask EndAsync()
    {
        await _either.CancelAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _either.Dispose();
        _timeout.Dispose();
        await _scope.DisposeAsync();
    }
}
