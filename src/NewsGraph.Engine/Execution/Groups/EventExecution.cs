using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>Executes a subscription's selection for one event after the other. Safe for concurrent use.</summary>
internal sealed class EventExecution(
    SubscriptionStarted started,
    SubscriptionStrategy strategy,
    ResultWriter writer,
    IServiceScopeFactory scopes,
    TimeProvider time,
    TimeSpan timeout)
{
    /// <summary>The result for an event; what fails is in it.</summary>
    /// <param name="value">What the event tells.</param>
    /// <param name="position">Its position, or null.</param>
    /// <param name="cancellationToken">Nobody wants the result any more.</param>
    public async Task<SubscriptionEvent> ExecuteAsync(object? value, string? position, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var context = NewContext(scope.ServiceProvider, either.Token);
        ExecutionResult result;
        try
        {
            result = await strategy.ExecuteEventAsync(context, started.Node, value);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            result = new ExecutionResult();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (limit.IsCancellationRequested && !result.Executed)
        {
            result = new ExecutionResult(OperationExecutor.TimedOut(timeout));
        }

        return new SubscriptionEvent(writer.Write(result).Json, position);
    }

    /// <summary>The last result of a subscription whose source failed.</summary>
    public async Task<SubscriptionEvent> DescribeAsync(Exception exception)
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
