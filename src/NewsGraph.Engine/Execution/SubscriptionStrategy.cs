using GraphQL;
using GraphQL.Execution;
using NewsGraph.Engine.Execution.Groups;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace NewsGraph.Engine.Execution;

/// <summary>Opens a subscription's events and executes its selection once per event.</summary>
internal sealed class SubscriptionStrategy() : SubscriptionExecutionStrategy(new ParallelExecutionStrategy())
{
    private const int ObservableCapacity = 256;

    public override async Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
    {
        var root = BuildExecutionRootNode(context, GetOperationRootType(context));
        var node = root.SubFields![0];
        var source = await OpenAsync(context, node);
        // The executer clears its own context when this returns; the copy lives as long as the subscription.
        return source is null
            ? new ExecutionResult()
            : new SubscriptionStarted(new ExecutionContext(context), node, source) { Executed = true };
    }

    public ValueTask<ExecutionResult> ExecuteEventAsync(ExecutionContext context, ExecutionNode node, object? value) =>
        ProcessDataAsync(context, node, value!);

    public Task<ExecutionError> DescribeAsync(ExecutionContext context, ExecutionNode node, Exception exception) =>
        ProcessErrorAsync(context, node, exception);

    private async Task<object?> OpenAsync(ExecutionContext context, ExecutionNode node)
    {
        var fieldContext = new ReadonlyResolveFieldContext(node, context);
        try
        {
            return node.FieldDefinition.StreamResolver switch
            {
                SharedStreamResolver shared => ((OperationContext)context.UserContext).Opened = await shared.OpenAsync(fieldContext),
                EventStreamResolver pulled => await pulled.OpenAsync(fieldContext),
                { } pushed => new ObservableEvents(await pushed.ResolveAsync(fieldContext), ObservableCapacity),
                null => throw new InvalidOperationException($"Field '{node.Field.Name}' has no events."),
            };
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            context.Errors.Add(await ProcessErrorAsync(context, node, exception));
            return null;
        }
    }
}

/// <summary>A subscription whose events are open.</summary>
/// <param name="template">The operation's context, to be copied for each event.</param>
/// <param name="node">The root field.</param>
/// <param name="source">A <see cref="SharedStream"/>, or a sequence of the subscription's own.</param>
internal sealed class SubscriptionStarted(ExecutionContext template, ExecutionNode node, object source)
    : ExecutionResult
{
    public ExecutionContext Template { get; } = template;

    public ExecutionNode Node { get; } = node;

    public object Source { get; } = source;
}
