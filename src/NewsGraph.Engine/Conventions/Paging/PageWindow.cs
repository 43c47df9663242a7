using System.Linq.Expressions;
using GraphQL;
using NewsGraph.Engine.Conventions.Filtering;
using NewsGraph.Engine.Conventions.Sorting;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// A page request bound to an order and a filter: which rows to fetch, and what the fetched rows say. The position is
/// a condition on the sort keys, so an index finds page 1,000 as fast as page 1.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
internal sealed class PageWindow<T>
    where T : class
{
    private const int FetchSizePlace = 0;
    private const int FirstCursorPlace = 1;

    private readonly PageRequest _request;
    private readonly SortOrder<T> _order;
    private readonly IReadOnlyList<object?>? _after;
    private readonly IReadOnlyList<object?>? _before;
    private readonly List<object> _values;
    private readonly int _firstFilterPlace;

    /// <exception cref="ExecutionError"><c>HC0078</c>: a cursor that is none of this order.</exception>
    public PageWindow(PageRequest request, SortOrder<T> order, Filter<T>? where)
    {
        _request = request;
        _order = order;
        Where = where;
        _after = Position(request.After, PagingArguments.After);
        _before = Position(request.Before, PagingArguments.Before);
        _values = [request.Size + 1, .. Values(_after), .. Values(_before)];
        _firstFilterPlace = _values.Count;
        _values.AddRange(where?.Values ?? []);
    }

    /// <summary>What the client filters by, or null.</summary>
    public Filter<T>? Where { get; }

    /// <summary>How many items the page has at most.</summary>
    public int Size => _request.Size;

    /// <summary>
    /// Whether many items may share the first key, as they do a number. A database looks a cursor's place up by that key
    /// alone and then passes all that share it; those that do and those behind them are two places it can look up.
    /// </summary>
    public bool HasTies =>
        _order.Keys is [{ IsNullable: false } first, _]
        && Type.GetTypeCode(first.ValueType) is TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    /// <summary>Whether the page begins behind an item that may have <see cref="HasTies">ties</see>.</summary>
    public bool IsAmongTies => (_request.IsBackward ? _before : _after) is not null && HasTies;

    /// <summary>Whether items at or before <c>after</c> can exist.</summary>
    public bool HasAfter => _after is not null;

    /// <summary>Whether items at or behind <c>before</c> can exist.</summary>
    public bool HasBefore => _before is not null;

    /// <summary>The order to fetch in: a page counted from the end is fetched from the end.</summary>
    public SortOrder<T> FetchOrder => _request.IsBackward ? _order.Reversed() : _order;

    /// <summary>By the unique key alone.</summary>
    public SortOrder<T> UniqueOrder => new([], _order.Keys[^1]);

    /// <summary>Where the values begin that a statement brings itself.</summary>
    public int FirstOwnPlace => _values.Count;

    /// <summary>How many rows to fetch: the page and one more.</summary>
    public static Expression FetchSize(QueryValues values) => values.At<int>(FetchSizePlace);

    /// <summary>The order that begins next to the page with what a cursor leaves out.</summary>
    public SortOrder<T> OutsideOrder(bool beforeStart) => beforeStart ? _order.Reversed() : _order;

    /// <summary>
    /// One of the page's statements. Pages in the same order, with the same kind of cursors and the same shape of filter
    /// ask it with other values only.
    /// </summary>
    public QueryShape<TSource, TRow> Shape<TSource, TRow>(
        PageStatement statement, object[] own, Func<QueryRoots<TSource>, QueryValues, IQueryable<TRow>> build, bool isKept = true, IReadOnlyList<long>? parents = null) =>
        new(
            isKept && (Where is null || Where.Key is not null)
                ? new PageKey(statement, _order.Text, Nulls(_after), Nulls(_before), _request.IsBackward, Where?.Key)
                : null,
            own.Length == 0 ? _values : [.. _values, .. own],
            build)
        {
            IsChosen = Where is not null,
            Parents = parents,
        };

    /// <summary>The key that tells an item from all others.</summary>
    public Expression UniqueKey(Expression item) => QueryExpressions.Inline(_order.Keys[^1].Selector, item);

    /// <summary>The value of that key.</summary>
    public object? KeyOf(T item) => _order.Keys[^1].Read(item);

    /// <summary>Limits ordered rows to those to fetch.</summary>
    public static IQueryable<TRow> Fetched<TRow>(IQueryable<TRow> ordered, QueryValues values) => Limited(ordered, FetchSize(values));

    /// <summary>Limits ordered rows to a number that is a value.</summary>
    public static IQueryable<TRow> Limited<TRow>(IQueryable<TRow> ordered, Expression count) =>
        ordered.Provider.CreateQuery<TRow>(Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(TRow)], ordered.Expression, count));

    /// <summary>The filter and the cursors as a condition on an item; null for none.</summary>
    public Expression? Within(Expression item, QueryValues values)
    {
        var condition = Filter(item, values);
        condition = QueryExpressions.And(condition, _after is null ? null : _order.Behind(item, After(values)));
        return QueryExpressions.And(condition, _before is null ? null : _order.Reversed().Behind(item, Before(values)));
    }

    /// <summary>The same for those items alone that share the first key with the item the page begins behind.</summary>
    public Expression Tied(Expression item, QueryValues values)
    {
        var (start, first) = (Start(values), FetchOrder.Keys[0]);
        var tied = Expression.Equal(QueryExpressions.Inline(first.Selector, item), start[0]!);
        return QueryExpressions.And(Ended(item, values), Expression.AndAlso(tied, FetchOrder.Keys[1].Behind(item, start[1], rest: null)))!;
    }

    /// <summary>The same for those items alone that do not share it.</summary>
    public Expression Beyond(Expression item, QueryValues values) =>
        QueryExpressions.And(Ended(item, values), FetchOrder.Keys[0].Behind(item, Start(values)[0], rest: null))!;

    /// <summary>The filter alone as a condition on an item; null for none.</summary>
    public Expression? Filter(Expression item, QueryValues values) => Where?.Condition(item, values, _firstFilterPlace);

    /// <summary>The condition of the items that <c>after</c> (or <c>before</c>) leaves out.</summary>
    public Expression Outside(Expression item, bool beforeStart, QueryValues values) =>
        QueryExpressions.And(
            Filter(item, values),
            beforeStart
                ? _order.Reversed().Behind(item, After(values), inclusive: true)
                : _order.Behind(item, Before(values), inclusive: true))!;

    /// <summary>The same for those items alone that share the first key with the cursor.</summary>
    public Expression OutsideTied(Expression item, bool beforeStart, QueryValues values)
    {
        var (cursor, keys) = (beforeStart ? After(values) : Before(values), OutsideOrder(beforeStart).Keys);
        var tied = Expression.Equal(QueryExpressions.Inline(keys[0].Selector, item), cursor[0]!);
        return QueryExpressions.And(Filter(item, values), Expression.AndAlso(tied, keys[1].Bound(item, cursor[1])!))!;
    }

    /// <summary>The same for those items alone that do not share it.</summary>
    public Expression OutsideBeyond(Expression item, bool beforeStart, QueryValues values) =>
        QueryExpressions.And(
            Filter(item, values),
            OutsideOrder(beforeStart).Keys[0].Behind(item, (beforeStart ? After(values) : Before(values))[0], rest: null))!;

    /// <summary>Makes the page of the rows as fetched.</summary>
    public Page<T> ToPage(IReadOnlyList<T> fetched)
    {
        var more = fetched.Count > _request.Size;
        var count = more ? _request.Size : fetched.Count;
        var cut = _request.First is not null && _request.Last is { } last && last < count ? count - last : 0;
        return new Page<T>(count == fetched.Count && cut == 0 && !_request.IsBackward ? fetched : Chosen(fetched, cut, count), _order)
        {
            MoreBefore = cut > 0 || (more && _request.IsBackward),
            MoreBehind = more && !_request.IsBackward,
        };
    }

    private List<T> Chosen(IReadOnlyList<T> fetched, int cut, int count)
    {
        var nodes = new List<T>(count - cut);
        for (var i = cut; i < count; i++)
        {
            nodes.Add(fetched[_request.IsBackward ? count - 1 - i : i]);
        }

        return nodes;
    }

    private List<Expression?> Start(QueryValues values) => _request.IsBackward ? Before(values) : After(values);

    // The filter, and the cursor the page ends at.
    private Expression? Ended(Expression item, QueryValues values)
    {
        var condition = Filter(item, values);
        return (_request.IsBackward ? _after : _before) is null
            ? condition
            : QueryExpressions.And(condition, FetchOrder.Reversed().Behind(item, _request.IsBackward ? After(values) : Before(values)));
    }

    private List<Expression?> After(QueryValues values) => At(_after!, FirstCursorPlace, values);

    private List<Expression?> Before(QueryValues values) => At(_before!, FirstCursorPlace + Values(_after).Count(), values);

    private List<Expression?> At(IReadOnlyList<object?> position, int place, QueryValues values)
    {
        var at = new List<Expression?>(position.Count);
        for (var i = 0; i < position.Count; i++)
        {
            at.Add(position[i] is null ? null : values.At(place++, _order.Keys[i].Selector.ReturnType));
        }

        return at;
    }

    private static IEnumerable<object> Values(IReadOnlyList<object?>? position) => position?.OfType<object>() ?? [];

    /// <summary>Which values of a position are null, one character each; null for no position.</summary>
    private static string? Nulls(IReadOnlyList<object?>? position) =>
        position switch
        {
            null => null,

            // As good as always; a text made for each page would be thrown away.
            [not null, not null] => "vv",
            _ => string.Concat(position.Select(value => value is null ? 'n' : 'v')),
        };

    private IReadOnlyList<object?>? Position(string? cursor, string argument) =>
        cursor is null
            ? null
            : PageCursor.Decode(_order, cursor) ?? throw PagingErrors.Cursor(_request.Coordinate, argument, cursor);
}

/// <summary>The statements of a page.</summary>
internal enum PageStatement
{
    Page,
    Tied,
    Beyond,
    PageOfEach,
    Count,
    CountOfEach,
    Before,
    BeforeTied,
    BeforeBeyond,
    BeforeOfEach,
    Behind,
    BehindTied,
    BehindBeyond,
    BehindOfEach,
}

/// <summary>What a page's statement depends on besides its values.</summary>
internal readonly record struct PageKey(PageStatement Statement, string Order, string? AfterNulls, string? BeforeNulls, bool IsBackward, string? Filter);
