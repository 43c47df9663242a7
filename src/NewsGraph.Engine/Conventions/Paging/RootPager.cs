using System.Linq.Expressions;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The statements of one page of a list that stands alone.</summary>
internal sealed class RootPager<T>(PageWindow<T> window, Func<QueryScope<T>> source)
    where T : class
{
    public async Task<Page<T>> PageAsync(CancellationToken cancellationToken)
    {
        await using var scope = source();
        var query = window.FetchOrder.Apply(Where(scope.Query, window.Within)).Take(window.FetchSize);
        return window.ToPage(await query.ReadAsync(cancellationToken));
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = source();

        // The count as a column of one row: that is a query, and so can be read without knowing the provider.
        var counted = Where(scope.Query, window.Filter);
        var counts = window.UniqueOrder.Apply(scope.Query).Take(1).Select(_ => counted.Count());
        return (await counts.ReadAsync(cancellationToken)).SingleOrDefault();
    }

    public async Task<bool> ExistsOutsideAsync(bool beforeStart, CancellationToken cancellationToken)
    {
        if (beforeStart ? !window.HasAfter : !window.HasBefore)
        {
            return false;
        }

        await using var scope = source();
        var outside = Where(scope.Query, item => window.Outside(item, beforeStart));
        var nearest = window.OutsideOrder(beforeStart).Apply(outside).Take(1).Select(_ => 1);
        return (await nearest.ReadAsync(cancellationToken)).Count > 0;
    }

    private static IQueryable<T> Where(IQueryable<T> query, Func<Expression, Expression?> condition)
    {
        var item = Expression.Parameter(typeof(T), "item");
        return condition(item) is { } body ? query.Where(Expression.Lambda<Func<T, bool>>(body, item)) : query;
    }
}
