using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Running;

namespace NewsGraph.Engine.Execution.Loading;

/// <summary>
/// The loaders of one execution: two requests, two events of a subscription and two root fields of a mutation never share
/// a cached value.
/// </summary>
public sealed class LoaderScope
{
    private static readonly ConditionalWeakTable<IExecutionContext, LoaderScope> Scopes = [];

    private readonly Lock _gate = new();

    // A page of an article has about as many.
    private readonly Dictionary<Key, object> _loaders = new(8);

    /// <summary>The scope of the execution a resolver runs in.</summary>
    /// <param name="context">The resolver's context.</param>
    public static LoaderScope Of(IResolveFieldContext context) => context.ExecutionContext is PlannedExecution execution
        ? execution.Loaders
        : Scopes.GetValue(context.ExecutionContext, static _ => new LoaderScope());

    /// <summary>Finds what was kept under a key in this execution, or makes it; made once even by parallel callers, so it must not look for another.</summary>
    /// <param name="key">What tells one loader from another: its type, or a type with its arguments.</param>
    /// <param name="create">Makes it.</param>
    public T GetOrAdd<T>(object key, Func<T> create)
        where T : class =>
        GetOrAdd(key, null, create, static create => create());

    /// <summary>The same with a key of two parts, and nothing captured.</summary>
    /// <param name="owner">Who keeps something.</param>
    /// <param name="arguments">What for.</param>
    /// <param name="state">Given to <paramref name="create"/>.</param>
    /// <param name="create">Makes it.</param>
    internal T GetOrAdd<T, TState>(object owner, object? arguments, TState state, Func<TState, T> create)
        where T : class
    {
        lock (_gate)
        {
            var key = new Key(owner, arguments);
            if (_loaders.TryGetValue(key, out var known))
            {
                return (T)known;
            }

            var made = create(state);
            _loaders.Add(key, made);
            return made;
        }
    }

    private readonly record struct Key(object Owner, object? Arguments);
}

/// <summary>The way resolvers reach their loaders.</summary>
public static class LoaderExtensions
{
    /// <summary>The request's one instance of a loader, made from the request's services.</summary>
    /// <typeparam name="TLoader">The loader.</typeparam>
    /// <param name="context">The resolver's context.</param>
    public static TLoader Loader<TLoader>(this IResolveFieldContext context)
        where TLoader : class
    {
        return LoaderScope.Of(context).GetOrAdd(typeof(TLoader), null, context, static context => Factory<TLoader>.Make(Services(context), null));
    }

    /// <summary>The request's one instance of a loader for one set of arguments, which are given to its constructor.</summary>
    /// <typeparam name="TLoader">The loader.</typeparam>
    /// <typeparam name="TArguments">The arguments; a record, so that equal ones are found equal.</typeparam>
    /// <param name="context">The resolver's context.</param>
    /// <param name="arguments">The arguments.</param>
    public static TLoader Loader<TLoader, TArguments>(this IResolveFieldContext context, TArguments arguments)
        where TLoader : class
        where TArguments : notnull
    {
        return LoaderScope.Of(context).GetOrAdd(
            typeof(TLoader),
            arguments,
            (context, arguments),
            static state => Factory<TLoader, TArguments>.Make(Services(state.context), [state.arguments]));
    }

    private static IServiceProvider Services(IResolveFieldContext context) => context.RequestServices
        ?? throw new InvalidOperationException("Loaders are made from the request's services, and this execution has none.");

    // Finding the constructor costs more than calling it.
    private static class Factory<TLoader>
    {
        public static readonly ObjectFactory<TLoader> Make = ActivatorUtilities.CreateFactory<TLoader>([]);
    }

    private static class Factory<TLoader, TArguments>
    {
        public static readonly ObjectFactory<TLoader> Make = ActivatorUtilities.CreateFactory<TLoader>([typeof(TArguments)]);
    }
}
