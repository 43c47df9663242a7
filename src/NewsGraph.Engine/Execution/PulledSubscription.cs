using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// A subscription with a source of its own: the next event is fetched when the reader has room for it, executed and pushed.
/// </summary>
internal sealed class PulledSubscription(
    SubscriptionStarted started,
    SubscriptionStrategy strategy,
    ResultWriter writer,
    IServiceScopeFactory scopes,
    TimeProvider time,
    TimeSpan eventTimeout,
    OperationResources resources) : ISubscription
{
    public async Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var value in started.Events.WithCancellation(cancellationToken))
            {
                var item = await ExecuteAsync(value, cancellationToken);
                while (!sink.IsReady && !cancellationToken.IsCancellationRequested)
                {
                    await sink.WhenReadyAsync().WaitAsync(cancellationToken);
                }

                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                sink.OnNext(item);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader has had enough.
        }
        catch (Exception exception)
        {
            var last = await DescribeAsync(exception);
            if (!cancellationToken.IsCancellationRequested)
            {
                sink.OnNext(last);
            }
        }
    }

    public ValueTask DisposeAsync() => resources.EndAsync();

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

    private async Task<SubscriptionEvent> DescribeAsync(Exception exception)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var context = NewContext(scope.ServiceProvider, CancellationToken.None);
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
}
