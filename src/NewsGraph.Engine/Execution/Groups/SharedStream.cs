using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>Opens the shared stream of a subscription field.</summary>
/// <param name="context">The field: its arguments, the caller and the services of the operation.</param>
public delegate ValueTask<SharedStream> OpenSharedStream(IResolveFieldContext context);

/// <summary>
/// What one subscriber asked of a stream that it may share with others. Subscribers whose streams agree in
/// <see cref="Source"/> and <see cref="Key"/>, and who send the same selection and are the same audience, form a group:
/// each event is executed and written once for all of them.
/// </summary>
public sealed record SharedStream
{
    /// <summary>Where the events come from; the same object for all who may share.</summary>
    public required IEventSource Source { get; init; }

    /// <summary>What of the field's arguments <see cref="Select"/> depends on. Default: nothing.</summary>
    public string Key { get; init; } = "";

    /// <summary>The events begin after this number.</summary>
    public required long After { get; init; }

    /// <summary>
    /// The last number there was when the stream was opened. Nothing is repeated from memory until that event has been
    /// seen, since it may have hidden what memory holds.
    /// </summary>
    public required long Known { get; init; }

    /// <summary>What this subscriber is told before everything else, or null.</summary>
    public SourceEvent? Prologue { get; init; }

    /// <summary>Turns an event's value into what this field tells; null leaves the event out. Default: as it is.</summary>
    public Func<object, object?>? Select { get; init; }

    /// <summary>Called once when the subscriber has gone.</summary>
    public Func<ValueTask>? Release { get; init; }
}

/// <summary>The resolver of a field whose stream is shared.</summary>
/// <param name="open">Opens the stream.</param>
public sealed class SharedStreamResolver(OpenSharedStream open) : ISourceStreamResolver
{
    /// <summary>Opens the stream.</summary>
    /// <param name="context">The field.</param>
    public ValueTask<SharedStream> OpenAsync(IResolveFieldContext context) => open(context);

    /// <summary>Not offered: a group needs numbers.</summary>
    /// <param name="context">The field.</param>
    /// <exception cref="NotSupportedException">Always; run the operation with <see cref="OperationExecutor"/>.</exception>
    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException("This stream is shared; run the operation with OperationExecutor.");
}

/// <summary>Declares subscription fields whose subscribers share.</summary>
public static class SharedStreamExtensions
{
    /// <summary>Lets equal subscribers of a field share one execution per event.</summary>
    /// <param name="field">The field.</param>
    /// <param name="open">Opens the stream. May throw an <see cref="ExecutionError"/> to refuse the subscription.</param>
    public static FieldType ShareStream(this FieldType field, OpenSharedStream open)
    {
        field.StreamResolver = new SharedStreamResolver(open);
        field.Resolver ??= new FuncFieldResolver<object>(context => context.Source);
        return field;
    }
}
