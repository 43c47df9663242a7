using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Testing.SampleSchema;

/// <summary>A schema small enough to know by heart, for tests of the engine and the transports.</summary>
public sealed class SampleSchema : Schema
{
    public SampleSchema(SampleEvents events, SampleSource source)
    {
        Query = new SampleQuery();
        Mutation = new SampleMutation(events);
        Subscription = new SampleSubscription(events, source);
    }

    /// <summary>Registers the schema, its events and execution; introspection is allowed.</summary>
    public static IServiceCollection AddTo(IServiceCollection services, Action<GraphQLLimitsOptions>? limits = null)
    {
        services.AddSingleton<SampleEvents>();
        services.AddSingleton<SampleSource>();
        services.AddSingleton<ISchema, SampleSchema>();
        services.Configure<GraphQLLimitsOptions>(options => options.AllowIntrospection = true);
        services.Configure(limits ?? (_ => { }));
        return services.AddGraphQLExecution();
    }
}

/// <summary>What a test publishes to the subscription <c>ticks</c>.</summary>
public sealed class SampleEvents
{
    private readonly Lock _gate = new();
    private readonly List<Channel<Tick>> _subscribers = [];
    private readonly TaskCompletionSource _firstSubscriber = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Subscribers
    {
        get
        {
            lock (_gate)
            {
                return _subscribers.Count;
            }
        }
    }

    /// <summary>Completes when somebody has subscribed for the first time.</summary>
    public Task FirstSubscriber => _firstSubscriber.Task;

    public void Publish(Tick tick)
    {
        foreach (var subscriber in Snapshot())
        {
            subscriber.Writer.TryWrite(tick);
        }
    }

    public void Complete(Exception? error = null)
    {
        foreach (var subscriber in Snapshot())
        {
            subscriber.Writer.TryComplete(error);
        }
    }

    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<Tick>();
        lock (_gate)
        {
            _subscribers.Add(channel);
        }

        _firstSubscriber.TrySetResult();
        try
        {
            await foreach (var tick in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return tick;
            }
        }
        finally
        {
            lock (_gate)
            {
                _subscribers.Remove(channel);
            }
        }
    }

    private Channel<Tick>[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _subscribers];
        }
    }
}

/// <summary>An event of the subscription <c>ticks</c>.</summary>
public sealed record Tick(int Number, string? Position = null) : IPositioned;
