using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>Adds paged fields to object types.</summary>
public static class PagedFields
{
    /// <summary>Begins a paged field; nothing is added before its <c>Resolve</c>.</summary>
    /// <param name="type">The type that gets the field.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    public static PagedField<TSource> Paged<TSource>(this ObjectGraphType<TSource> type, string name, string description) =>
        new(type, name, description);
}

/// <summary>A paged field whose items are not known yet.</summary>
/// <typeparam name="TSource">The source of the type that gets the field.</typeparam>
public sealed class PagedField<TSource>
{
    internal PagedField(ObjectGraphType<TSource> type, string name, string description)
    {
        Type = type;
        Name = name;
        Description = description;
    }

    internal ObjectGraphType<TSource> Type { get; }

    internal string Name { get; }

    internal string Description { get; }

    /// <summary>Says what the pages hold.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <typeparam name="TConnection">The field's type.</typeparam>
    /// <param name="unique">The key that makes every order total.</param>
    public PagedFieldBuilder<TSource, T> Of<T, TConnection>(Expression<Func<T, long>> unique)
        where T : class
        where TConnection : ConnectionType =>
        new(this, typeof(TConnection), SortKey.Ascending(unique));
}

/// <summary>Describes a paged field, then adds it.</summary>
/// <typeparam name="TSource">The source of the type that gets the field.</typeparam>
/// <typeparam name="T">The items.</typeparam>
public sealed class PagedFieldBuilder<TSource, T>
    where T : class
{
    private readonly PagedField<TSource> _field;
    private readonly Type _connection;
    private readonly PagedFieldOptions<T> _options;
    private readonly List<QueryArgument> _arguments = [];
    private Type? _where;
    private Type? _order;

    internal PagedFieldBuilder(PagedField<TSource> field, Type connection, SortKey<T> unique)
    {
        _field = field;
        _connection = connection;
        _options = new PagedFieldOptions<T>(unique);
    }

    /// <summary>The field's page sizes. Default: 10, at most 50.</summary>
    /// <param name="limits">The sizes.</param>
    public PagedFieldBuilder<TSource, T> Sizes(PageLimits limits)
    {
        _options.Limits = limits;
        return this;
    }

    /// <summary>Adds <c>where</c>.</summary>
    /// <typeparam name="TFilter">Its type.</typeparam>
    /// <param name="limits">How much a filter may ask for; null for the defaults.</param>
    public PagedFieldBuilder<TSource, T> Where<TFilter>(FilterLimits? limits = null)
        where TFilter : FilterInputType<T>
    {
        _where = typeof(TFilter);
        _options.FilterLimits = limits ?? FilterLimits.Default;
        return this;
    }

    /// <summary>Adds <c>order</c>.</summary>
    /// <typeparam name="TSort">Its items' type.</typeparam>
    public PagedFieldBuilder<TSource, T> Order<TSort>()
        where TSort : SortInputType<T>
    {
        _order = typeof(ListGraphType<NonNullGraphType<TSort>>);
        return this;
    }

    /// <summary>The order when the client asks for none. Default: by the unique key.</summary>
    /// <param name="keys">The keys by precedence; the unique key is appended.</param>
    public PagedFieldBuilder<TSource, T> DefaultOrder(params SortKey<T>[] keys)
    {
        _options.DefaultOrder = keys;
        return this;
    }

    /// <summary>Adds an argument of the field's own, behind the paging arguments.</summary>
    /// <typeparam name="TArgument">Its graph type.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="description">For the client developer.</param>
    /// <param name="defaultValue">Its default, or null for none.</param>
    public PagedFieldBuilder<TSource, T> Argument<TArgument>(string name, string description, object? defaultValue = null)
        where TArgument : IGraphType
    {
        _arguments.Add(new QueryArgument(typeof(TArgument)) { Name = name, Description = description, DefaultValue = defaultValue });
        return this;
    }

    /// <summary>Has something read before any of the field's statements, for lists that every source object has.</summary>
    /// <param name="first">
    /// Gets the field's context, which holds the first source object among many, and says what to do with the keys of
    /// the source objects; null for nothing.
    /// </param>
    public PagedFieldBuilder<TSource, T> ReadFirst(Func<IResolveFieldContext, Func<IReadOnlyList<long>, CancellationToken, Task>?> first)
    {
        _options.First = first;
        return this;
    }

    /// <summary>Adds the field, for a list that stands alone.</summary>
    /// <param name="source">Where its rows come from; called once per request, while the context is valid.</param>
    public FieldType Resolve(Func<IResolveFieldContext<TSource>, RowSource<T>> source) =>
        Add(new RootFieldResolver<TSource, T>(_options, source));

    /// <summary>Adds the field, for a list that stands alone, its queries translated anew each time.</summary>
    /// <param name="source">Opens the query, without order and limit; called once per statement.</param>
    public FieldType Resolve(Func<IResolveFieldContext<TSource>, QueryScope<T>> source) =>
        Resolve(context =>
        {
            // GraphQL.NET takes the context back when the resolver returns, and the statements run later.
            var kept = context.Copy();
            return new OpenedRows<T>(() => source(kept.As<TSource>()));
        });

    /// <summary>
    /// Adds the field, for a list that every source object has. The pages of all of them come from one statement.
    /// </summary>
    /// <param name="parentId">The source object's key.</param>
    /// <param name="rows">
    /// Where all parents' nodes come from; called once per selection, while the context is valid. It may use the
    /// context's arguments, but not its source.
    /// </param>
    /// <param name="storedCount">
    /// The counts of unfiltered lists where they are stored with the source objects, for one selection; null, or giving
    /// null, to count. Called like <paramref name="rows"/>.
    /// </param>
    public FieldType ResolveChildren(
        Func<TSource, long> parentId,
        Func<IResolveFieldContext, RowSource<ChildRow<T>>> rows,
        Func<IResolveFieldContext, Func<TSource, int?>>? storedCount = null) =>
        Add(new ChildFieldResolver<TSource, T>(new ChildFieldOptions<TSource, T>(_options, parentId, rows, storedCount)));

    /// <summary>The same, its queries translated anew each time.</summary>
    /// <param name="parentId">The source object's key.</param>
    /// <param name="rows">Opens the query of all parents' nodes, without order, limit and choice of parents; called once per statement.</param>
    /// <param name="storedCount">The stored counts of unfiltered lists, if there are any.</param>
    public FieldType ResolveChildren(
        Func<TSource, long> parentId,
        Func<IResolveFieldContext, QueryScope<ChildRow<T>>> rows,
        Func<IResolveFieldContext, Func<TSource, int?>>? storedCount = null) =>
        ResolveChildren(
            parentId,
            context =>
            {
                var kept = context.Copy();
                return new OpenedRows<ChildRow<T>>(() => rows(kept));
            },
            storedCount);

    private FieldType Add(GraphQL.Resolvers.IFieldResolver resolver)
    {
        var field = new FieldType
        {
            Name = _field.Name,
            Description = _field.Description,
            Type = _connection,
            Arguments = new QueryArguments(Arguments()),
            Resolver = resolver,
        };
        field.WithMetadata(CostMetadata.Weight, 10d).WithMetadata(CostMetadata.ListSize, new ListSize(
            _options.Limits.MaxSize, [PagingArguments.First, PagingArguments.Last], _options.Limits.DefaultSize, ["edges", "nodes"], RequireOneSlicingArgument: false));
        return _field.Type.AddField(field);
    }

    private IEnumerable<QueryArgument> Arguments()
    {
        var max = _options.Limits.MaxSize;
        yield return new QueryArgument(typeof(IntGraphType)) { Name = PagingArguments.First, Description = $"How many items from the start, at most {max}. Without `first` and `last`: {_options.Limits.DefaultSize}." };
        yield return new QueryArgument(typeof(StringGraphType)) { Name = PagingArguments.After, Description = "A cursor: only items behind it." };
        yield return new QueryArgument(typeof(IntGraphType)) { Name = PagingArguments.Last, Description = $"How many items from the end, at most {max}." };
        yield return new QueryArgument(typeof(StringGraphType)) { Name = PagingArguments.Before, Description = "A cursor: only items in front of it." };
        if (_where is not null)
        {
            yield return Weighed(new QueryArgument(_where) { Name = PagingArguments.Where, Description = "Only items that match." });
        }

        if (_order is not null)
        {
            yield return Weighed(new QueryArgument(_order) { Name = PagingArguments.Order, Description = "What to sort by, the first key weighing most. Equal items keep a fixed order." });
        }

        foreach (var argument in _arguments)
        {
            yield return argument;
        }
    }

    private static QueryArgument Weighed(QueryArgument argument) => argument.WithMetadata(CostMetadata.Weight, 10d);
}
