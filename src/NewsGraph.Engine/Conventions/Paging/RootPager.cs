using System.Linq.Expressions;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>The statements of one page of a list that stands alone.</summary>
internal sealed class RootPager<T>(PageWindow<T> window, RowSource<T> source)
    where T : class
{
    public async Task<Page<T>> PageAsync(CancellationToken cancellationToken)
    {
        if (!window.IsAmongTies)
        {
            return window.ToPage(await ReadAsync(PageStatement.Page, window.Within, cancellationToken));
        }

        var rows = await ReadAsync(PageStatement.Tied, window.Tied, cancellationToken);
        if (rows.Count <= window.Size)
        {
            var beyond = await ReadAsync(PageStatement.Beyond, window.Beyond, cancellationToken);

            // What got another key since the first statement would stand on the page twice.
            var known = rows.Select(window.KeyOf).ToHashSet();
            rows.AddRange(beyond.Where(row => !known.Contains(window.KeyOf(row))).Take(window.Size + 1 - rows.Count));
        }

        return window.ToPage(rows);
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

        if (!window.HasTies)
        {
            return await ExistsAsync(beforeStart ? PageStatement.Before : PageStatement.Behind, window.Outside, beforeStart, cancellationToken);
        }

        return await ExistsAsync(beforeStart ? PageStatement.BeforeTied : PageStatement.BehindTied, window.OutsideTied, beforeStart, cancellationToken)
            || await ExistsAsync(beforeStart ? PageStatement.BeforeBeyond : PageStatement.BehindBeyond, window.OutsideBeyond, beforeStart, cancellationToken);
    }

    private async Task<bool> ExistsAsync(
        PageStatement statement, Func<Expression, bool, QueryValues, Expression> condition, bool beforeStart, CancellationToken cancellationToken)
    {
        var query = window.Shape<T, int>(statement, [1], (roots, values) =>
        {
            var outside = Where(roots.Rows, item => condition(item, beforeStart, values));
            return PageWindow<T>.Limited(window.OutsideOrder(beforeStart).Apply(outside), values.At<int>(window.FirstOwnPlace)).Select(_ => 1);
        });
        return (await source.ReadAsync(query, cancellationToken)).Count > 0;
    }

    private async Task<List<T>> ReadAsync(PageStatement statement, Func<Expression, QueryValues, Expression?> condition, CancellationToken cancellationToken) =>
        await source.ReadAsync(
            window.Shape<T, T>(statement, [], (roots, values) =>
                PageWindow<T>.Fetched(window.FetchOrder.Apply(Where(roots.Rows, item => condition(item, values))), values)),
            cancellationToken);

    private static IQueryable<T> Where(IQueryable<T> query, Func<Expression, Expression?> condition)
    {
        var item = Expression.Parameter(typeof(T), "item");
        return condition(item) is { } body ? query.Where(Expression.Lambda<Func<T, bool>>(body, item)) : query;
    }
}
