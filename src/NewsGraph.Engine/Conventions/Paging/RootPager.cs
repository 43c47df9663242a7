using System.Linq.Expressions;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The statements of one page of a list that stands alone.</summary>
internal sealed class RootPager<T>(PageWindow<T> window, RowSource<T> source)
    where T : class
{
    public async Task<Page<T>> PageAsync(CancellationToken cancellationToken)
    {
        var query = window.Shape<T, T>(PageStatement.Page, [], (roots, values) =>
            PageWindow<T>.Fetched(window.FetchOrder.Apply(Where(roots.Rows, item => window.Within(item, values))), values));
        return window.ToPage(await source.ReadAsync(query, cancellationToken));
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        // The count as a column of one row: that is a query, and so can be read without knowing the provider.
        var query = window.Shape<T, int>(PageStatement.Count, [1], (roots, values) =>
        {
            var counted = Where(roots.Rows, item => window.Filter(item, values));
            var count = Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(T)], counted.Expression);
            return PageWindow<T>.Limited(window.UniqueOrder.Apply(roots.Rows), values.At<int>(window.FirstOwnPlace))
                .Select(Expression.Lambda<Func<T, int>>(count, Expression.Parameter(typeof(T), "item")));
        });
        return (await source.ReadAsync(query, cancellationToken)).SingleOrDefault();
    }

    public async Task<bool> ExistsOutsideAsync(bool beforeStart, CancellationToken cancellationToken)
    {
        if (beforeStart ? !window.HasAfter : !window.HasBefore)
        {
            return false;
        }

        var query = window.Shape<T, int>(beforeStart ? PageStatement.Before : PageStatement.Behind, [1], (roots, values) =>
        {
            var outside = Where(roots.Rows, item => window.Outside(item, beforeStart, values));
            return PageWindow<T>.Limited(window.OutsideOrder(beforeStart).Apply(outside), values.At<int>(window.FirstOwnPlace)).Select(_ => 1);
        });
        return (await source.ReadAsync(query, cancellationToken)).Count > 0;
    }

    private static IQueryable<T> Where(IQueryable<T> query, Func<Expression, Expression?> condition)
    {
        var item = Expression.Parameter(typeof(T), "item");
        return condition(item) is { } body ? query.Where(Expression.Lambda<Func<T, bool>>(body, item)) : query;
    }
}
