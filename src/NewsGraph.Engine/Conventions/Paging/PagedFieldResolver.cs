using System.Collections.Concurrent;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>How a paged field reads its arguments.</summary>
internal sealed class PagedFieldOptions<T>(SortKey<T> unique)
    where T : class
{
    private readonly ConcurrentDictionary<string, SortOrder<T>> _orders = new(StringComparer.Ordinal);

    private SortOrder<T>? _default;

    public PageLimits Limits { get; set; } = PageLimits.Default;

    public FilterLimits FilterLimits { get; set; } = FilterLimits.Default;

    public IReadOnlyList<SortKey<T>> DefaultOrder { get; set; } = [];

    public Func<IResolveFieldContext, Func<IReadOnlyList<long>, CancellationToken, Task>?>? First { get; set; }

    /// <exception cref="ExecutionError">The arguments are wrong; the field's own error.</exception>
    public PageWindow<T> Read(IResolveFieldContext context)
    {
        var request = PageRequest.Read(context, Limits);
        var asked = Input<SortInputType<T>>(context, PagingArguments.Order)?.Read(context, PagingArguments.Order);
        var order = asked is { Count: > 0 } ? Order(asked) : _default ??= Order(DefaultOrder);
        var where = Input<FilterInputType<T>>(context, PagingArguments.Where)
            ?.Read(context.GetArgument<object?>(PagingArguments.Where), FilterLimits);
        return new PageWindow<T>(request, order, where);
    }

    // Orders are few, as no key counts twice, and making one costs more than reading a page.
    private SortOrder<T> Order(IReadOnlyList<SortKey<T>> keys)
    {
        var text = string.Join(' ', keys.DistinctBy(key => key.Member).Select(key => key.Text));
        return _orders.GetOrAdd(text, _ => new SortOrder<T>(keys, unique));
    }

    private static TInput? Input<TInput>(IResolveFieldContext context, string argument)
        where TInput : class, IGraphType =>
        context.FieldDefinition.Arguments?.Find(argument)?.ResolvedType?.GetNamedType() as TInput;
}

/// <summary>Resolves a paged field that stands alone.</summary>
internal sealed class RootFieldResolver<TSource, T>(PagedFieldOptions<T> options, Func<IResolveFieldContext<TSource>, RowSource<T>> source) : IFieldResolver
    where T : class
{
    public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var pager = new RootPager<T>(options.Read(context), source(context.As<TSource>()));
        return new(new RootConnection<T>(pager, context.Source));
    }
}

/// <summary>How a paged field of many parents is resolved.</summary>
/// <param name="Options">How its arguments are read.</param>
/// <param name="ParentId">A parent's key.</param>
/// <param name="Rows">All parents' rows.</param>
/// <param name="StoredCount">The counts of unfiltered lists that are stored with the parents, or null.</param>
internal sealed record ChildFieldOptions<TSource, T>(
    PagedFieldOptions<T> Options,
    Func<TSource, long> ParentId,
    Func<IResolveFieldContext, RowSource<ChildRow<T>>> Rows,
    Func<IResolveFieldContext, Func<TSource, int?>>? StoredCount)
    where T : class;

/// <summary>Resolves a paged field of many parents together.</summary>
internal sealed class ChildFieldResolver<TSource, T>(ChildFieldOptions<TSource, T> options) : IFieldResolver
    where T : class
{
    public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        // One selection in the document means one set of arguments, whatever the number of parents.
        var list = LoaderScope.Of(context).GetOrAdd(
            this, context.FieldAst, (options, context), static state => new ChildList<TSource, T>(state.context, state.options));
        return new(new ChildConnection<TSource, T>(list, (TSource)context.Source!));
    }
}

/// <summary>One selection of a paged field, for all parents.</summary>
internal sealed class ChildList<TSource, T>
    where T : class
{
    public ChildList(IResolveFieldContext context, ChildFieldOptions<TSource, T> options)
    {
        var window = options.Options.Read(context);
        ParentId = options.ParentId;
        Pager = new ChildPager<T>(window, options.Rows(context), options.Options.First?.Invoke(context));
        StoredCount = window.Where is null ? options.StoredCount?.Invoke(context) : null;
    }

    public Func<TSource, long> ParentId { get; }

    public ChildPager<T> Pager { get; }

    public Func<TSource, int?>? StoredCount { get; }
}
