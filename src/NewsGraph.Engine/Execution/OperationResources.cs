using Microsoft.Extensions.DependencyInjection;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// What one operation holds while it runs: its time limit, and its services, whose scope is opened when the first one is
/// asked for.
/// </summary>
internal sealed class OperationResources(IServiceScopeFactory scopes, TimeLimit limit) : IKeyedServiceProvider, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private AsyncServiceScope? _scope;
    private bool _isDisposed;

    public CancellationToken Token => limit.Token;

    private IServiceProvider Services
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                _scope ??= scopes.CreateAsyncScope();
                return _scope.Value.ServiceProvider;
            }
        }
    }

    public object? GetService(Type serviceType) => Services.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) =>
        ((IKeyedServiceProvider)Services).GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => Services.GetRequiredKeyedService(serviceType, serviceKey);

    /// <summary>Lifts the time limit: a subscription that started may run for days.</summary>
    public void StopTimeout() => limit.Lift();

    /// <summary>Ends what still holds the token, and disposes.</summary>
    public async ValueTask EndAsync()
    {
        await limit.CancelAsync();
        await DisposeAsync();
    }

    public ValueTask DisposeAsync()
    {
        limit.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
        }

        return _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
