using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace NewsGraph.Engine.Execution.Loading;

/// <summary>
/// The loaders of one execution. It lives and dies with GraphQL.NET's execution context, so two requests, and two
/// events of a subscription, never share a cached value.
/// </summary>
public sealed class LoaderScope
{
    private static readonly ConditionalWeakTable<IExecutionContext, LoaderScope> Scopes = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<object, object> _loaders = [];

    /// <summary>The scope of the execution a resolver runs in.</summary>
    /// <param name="context">The resolver's context.</param>
    public static LoaderScope Of(IResolveFieldContext context) =>
        Scopes.GetValue(context.ExecutionContext, static _ => new LoaderScope());

    /// <summary>Finds what was kept under a key in this execution, or makes it; made once even by parallel callers, so it must not look for another.</summary>
    /// <param name="key">What tells one loader from another: its type, or a type with its arguments.</param>
    /// <param name="create">Makes it.</param>
    public T GetOrAdd<T>(object key, Func<T> create)
        where T : class
    {
        lock (_gate)
        {
            if (_loaders.TryGetValue(key, out var known))
            {
                return (T)known;
            }

            var made = create();
            _loaders.Add(key, made);
            return made;
        }
    }
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
        var services = context.RequestServices
            ?? throw new InvalidOperationException("Loaders are made from the request's services, and this execution has none.");
        return LoaderScope.Of(context).GetOrAdd(typeof(TLoader), () => Factory<TLoader>.Make(services, null));
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
        var services = context.RequestServices
            ?? throw new InvalidOperationException("Loaders are made from the request's services, and this execution has none.");
        return LoaderScope.Of(context).GetOrAdd(
            (typeof(TLoader), arguments),
            () => Factory<TLoader, TArguments>.Make(services, [arguments]));
    }

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
