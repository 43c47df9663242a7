using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace NewsGraph.Engine.Execution;

/// <summary>Opens the events of a subscription field.</summary>
/// <param name="context">The field: its arguments, the caller and the services of the subscription.</param>
/// <returns>The events; enumerated once, ended by disposal or by the token given to its enumerator.</returns>
public delegate ValueTask<IAsyncEnumerable<object?>> OpenEventStream(IResolveFieldContext context);

/// <summary>A stream resolver that is pulled: the next event is fetched when the subscriber is ready for it.</summary>
/// <param name="open">Opens the events.</param>
public sealed class EventStreamResolver(OpenEventStream open) : ISourceStreamResolver
{
    /// <summary>Opens the events.</summary>
    /// <param name="context">The field.</param>
    public ValueTask<IAsyncEnumerable<object?>> OpenAsync(IResolveFieldContext context) => open(context);

    /// <summary>Not offered: pushing events would buffer them without a bound.</summary>
    /// <param name="context">The field.</param>
    /// <exception cref="NotSupportedException">Always; run the operation with <see cref="OperationExecutor"/>.</exception>
    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException("This stream is pulled; run the operation with OperationExecutor.");
}

/// <summary>Declares subscription fields.</summary>
public static class EventStreamExtensions
{
    /// <summary>Lets a subscription field take its events from an asynchronous sequence.</summary>
    /// <typeparam name="T">The type of event; the field's value unless the field has a resolver of its own.</typeparam>
    /// <param name="field">The field.</param>
    /// <param name="open">Opens the events. May throw an <see cref="ExecutionError"/> to refuse the subscription.</param>
    public static FieldType StreamFrom<T>(this FieldType field, Func<IResolveFieldContext, ValueTask<IAsyncEnumerable<T>>> open)
    {
        field.StreamResolver = new EventStreamResolver(async context => Box(await open(context)));
        field.Resolver ??= new FuncFieldResolver<object>(context => context.Source);
        return field;
    }

    /// <summary>Lets a subscription field take its events from an asynchronous sequence.</summary>
    /// <typeparam name="T">The type of event.</typeparam>
    /// <param name="field">The field.</param>
    /// <param name="open">Opens the events.</param>
    public static FieldType StreamFrom<T>(this FieldType field, Func<IResolveFieldContext, IAsyncEnumerable<T>> open) =>
        field.StreamFrom(context => ValueTask.FromResult(open(context)));

    private static async IAsyncEnumerable<object?> Box<T>(
        IAsyncEnumerable<T> events,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }
}

/// <summary>Turns a pushed stream into a pulled one with a bounded queue between.</summary>
/// <param name="source">The pushed stream.</param>
/// <param name="capacity">How many events may wait; one more ends the stream with an error.</param>
internal sealed class ObservableEvents(IObservable<object?> source, int capacity) : IAsyncEnumerable<object?>
{
    public async IAsyncEnumerator<object?> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var queue = Channel.CreateBounded<object?>(new BoundedChannelOptions(capacity) { SingleReader = true });
        using var subscription = source.Subscribe(new Observer(queue.Writer));
        await foreach (var item in queue.Reader.ReadAllAsync(cancellationToken))
        {
            yield return item;
        }
    }

    private sealed class Observer(ChannelWriter<object?> queue) : IObserver<object?>
    {
        public void OnCompleted() => queue.TryComplete();

        public void OnError(Exception error) => queue.TryComplete(error);

        public void OnNext(object? value)
        {
            if (!queue.TryWrite(value))
            {
                queue.TryComplete(new ExecutionError("The subscriber is too slow for its events."));
            }
        }
    }
}
