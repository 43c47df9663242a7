using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// One running subscription: source, execution per event, bytes. It knows nothing of its readers, so that equal
/// subscriptions can share one.
/// </summary>
internal sealed class SubscriptionExecution(
    SubscriptionStarted started,
    SubscriptionStrategy strategy,
    ResultWriter writer,
    IServiceScopeFactory scopes,
    TimeProvider time,
    TimeSpan eventTimeout,
    IAsyncDisposable resources) : IAsyncEnumerable<SubscriptionEvent>
{
    public IAsyncEnumerator<SubscriptionEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(this, cancellationToken);

    private async Task<SubscriptionEvent> ExecuteAsync(object? value, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var timeout = new CancellationTokenSource(eventTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var context = NewContext(scope.ServiceProvider, either.Token);
        var result = await strategy.ExecuteEventAsync(context, started.Node, value);
        cancellationToken.ThrowIfCancellationRequested();
        if (timeout.IsCancellationRequested && !result.Executed)
        {
            result = new ExecutionResult(OperationExecutor.TimedOut(eventTimeout));
        }

        return new SubscriptionEvent(writer.Write(result).Json, (value as IPositioned)?.Position);
    }

    private async Task<SubscriptionEvent> DescribeAsync(Exception exception, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var context = NewContext(scope.ServiceProvider, cancellationToken);
        var error = await strategy.DescribeAsync(context, started.Node, exception);
        return new SubscriptionEvent(writer.Write(new ExecutionResult(error)).Json);
    }

    private ExecutionContext NewContext(IServiceProvider services, CancellationToken cancellationToken) =>
        new(started.Template)
        {
            Errors = [],
            OutputExtensions = [],
            RequestServices = services,
            CancellationToken = cancellationToken,
        };

    private sealed class Enumerator : IAsyncEnumerator<SubscriptionEvent>
    {
        private readonly SubscriptionExecution _execution;
        private readonly CancellationToken _caller;
        private readonly CancellationTokenSource _stop;
        private readonly IAsyncEnumerator<object?> _source;
        private Task<bool>? _pending;
        private bool _ended;
        private int _disposed;

        public Enumerator(SubscriptionExecution execution, CancellationToken caller)
        {
            _execution = execution;
            _caller = caller;
            _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
            _source = execution.Events.GetAsyncEnumerator(_stop.Token);
        }

        public SubscriptionEvent Current { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            _pending = MoveAsync();
            return new ValueTask<bool>(_pending);
        }

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
            {
                return;
            }

            await _stop.CancelAsync();
            if (_pending is { } pending)
            {
                // A source may be disposed only when it is not moving; cancellation makes it stop.
                await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _source.DisposeAsync();
            await _execution.Resources.DisposeAsync();
            _stop.Dispose();
        }

        private async Task<bool> MoveAsync()
        {
            if (_ended)
            {
                return false;
            }

            try
            {
                if (!await _source.MoveNextAsync())
                {
                    _ended = true;
                    return false;
                }

                Current = await _execution.ExecuteAsync(_source.Current, _stop.Token);
                return true;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                _ended = true;
                _caller.ThrowIfCancellationRequested();
                return false;
            }
            catch (Exception exception)
            {
                _ended = true;
                Current = await _execution.DescribeAsync(exception, _stop.Token);
                return true;
            }
        }
    }

    private IAsyncEnumerable<object?> Events => started.Events;

    private IAsyncDisposable Resources => resources;
}
