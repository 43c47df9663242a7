using GraphQL;
using GraphQL.Execution;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>The part of an execution that only subscriptions have.</summary>
internal sealed partial class PlannedExecution
{
    private const int ObservableCapacity = 256;

    private FieldPlan StreamField => Input.Plan.Root.Fields is [var first, ..]
        ? first
        : throw new InvalidOperationException("The subscription selects nothing.");

    /// <summary>
    /// Opens the events: a <see cref="SharedStream"/>, or a sequence of the subscription's own. Null when that failed,
    /// with the reason among the errors. The field's context stays valid as long as the stream.
    /// </summary>
    public async ValueTask<object?> OpenAsync()
    {
        var field = StreamField;
        var context = new FieldContext(this);
        context.Set(field, RootSlot, RootValue);
        try
        {
            return field.Definition.StreamResolver switch
            {
                SharedStreamResolver shared => request.Context.Opened = await shared.OpenAsync(context),
                EventStreamResolver pulled => await pulled.OpenAsync(context),
                { } pushed => new ObservableEvents(await pushed.ResolveAsync(context), ObservableCapacity),
                null => throw new InvalidOperationException($"Field '{field.Definition.Name}' has no events."),
            };
        }
        catch (Exception exception) when (!IsCancelled(exception))
        {
            Errors.Add(Describe(exception));
            return null;
        }
    }

    /// <summary>The error of a stream that could not be opened, or that failed.</summary>
    /// <param name="exception">Why.</param>
    public ExecutionError Describe(Exception exception)
    {
        var field = StreamField;
        if (exception is not ExecutionError error)
        {
            request.Unhandled(exception, [field.Definition.Name]);
            error = new UnhandledError($"Response stream error for field '{field.Definition.Name}'.", exception);
        }

        error.Path = [field.ResponseName];
        error.AddLocation(field.Ast, Document);
        return error;
    }
}
