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
    private readonly PageRequest _request;
    private readonly SortOrder<T> _order;
    private readonly SortOrder<T> _reversed;
    private readonly IReadOnlyList<object?>? _after;
    private readonly IReadOnlyList<object?>? _before;

    /// <exception cref="ExecutionError"><c>HC0078</c>: a cursor that is none of this order.</exception>
    public PageWindow(PageRequest request, SortOrder<T> order, Expression<Func<T, bool>>? where)
    {
        _request = request;
        _order = order;
        _reversed = order.Reversed();
        Where = where;
        _after = Position(request.After, PagingArguments.After);
        _before = Position(request.Before, PagingArguments.Before);
    }

    /// <summary>What the client filters by, or null.</summary>
    public Expression<Func<T, bool>>? Where { get; }

    /// <summary>Whether items at or before <c>after</c> can exist.</summary>
    public bool HasAfter => _after is not null;

    /// <summary>Whether items at or behind <c>before</c> can exist.</summary>
    public bool HasBefore => _before is not null;

    /// <summary>How many rows to fetch: the page and one more.</summary>
    public int FetchSize => _request.Size + 1;

    /// <summary>The order to fetch in: a page counted from the end is fetched from the end.</summary>
    public SortOrder<T> FetchOrder => _request.IsBackward ? _reversed : _order;

    /// <summary>By the unique key alone.</summary>
    public SortOrder<T> UniqueOrder => new([], _order.Keys[^1]);

    /// <summary>The order that begins next to the page with what a cursor leaves out.</summary>
    public SortOrder<T> OutsideOrder(bool beforeStart) => beforeStart ? _reversed : _order;

    /// <summary>The filter and the cursors as a condition on an item; null for none.</summary>
    public Expression? Within(Expression item)
    {
        var condition = Filter(item);
        condition = QueryExpressions.And(condition, _after is null ? null : _order.Behind(item, _after));
        return QueryExpressions.And(condition, _before is null ? null : _reversed.Behind(item, _before));
    }

    /// <summary>The filter alone as a condition on an item; null for none.</summary>
    public Expression? Filter(Expression item) => Where is null ? null : QueryExpressions.Inline(Where, item);

    /// <summary>The condition of the items that <c>after</c> (or <c>before</c>) leaves out.</summary>
    public Expression Outside(Expression item, bool beforeStart) =>
        QueryExpressions.And(
            Filter(item),
            beforeStart ? _reversed.Behind(item, _after!, inclusive: true) : _order.Behind(item, _before!, inclusive: true))!;

    /// <summary>Makes the page of the rows as fetched.</summary>
    public Page<T> ToPage(IReadOnlyList<T> fetched)
    {
        var more = fetched.Count > _request.Size;
        IEnumerable<T> items = more ? fetched.Take(_request.Size) : fetched;
        if (_request.IsBackward)
        {
            items = items.Reverse();
        }

        var edges = items.Select(item => new Edge<T>(item, _order)).ToList();
        var cut = _request.First is not null && _request.Last is { } last && last < edges.Count ? edges.Count - last : 0;
        edges.RemoveRange(0, cut);
        return new Page<T>(edges)
        {
            MoreBefore = cut > 0 || (more && _request.IsBackward),
            MoreBehind = more && !_request.IsBackward,
        };
    }

    private IReadOnlyList<object?>? Position(string? cursor, string argument) =>
        cursor is null
            ? null
            : PageCursor.Decode(_order, cursor) ?? throw PagingErrors.Cursor(_request.Coordinate, argument, cursor);
}
