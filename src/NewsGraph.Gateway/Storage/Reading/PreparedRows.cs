using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Paging;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// Asks for the same rows in another way, which the database finds by a better index. Applied when a query is translated.
/// </summary>
/// <param name="db">The context the query is built on.</param>
/// <param name="query">The query.</param>
public delegate Expression QueryPlan(NewsContext db, Expression query);

/// <summary>The rows of a paged field, read by <see cref="NewsReader"/>.</summary>
internal sealed class PreparedRows<T>(
    NewsReader reader,
    object key,
    Demand demand,
    Func<NewsContext, IQueryable<T>> rows,
    Func<NewsContext, ParentLookup>? lookup,
    QueryPlan? plan,
    Func<IReadOnlyList<long>, Part>? narrowing) : RowSource<T>
{
    public override bool CanLookUp => lookup is not null;

    public override ValueTask<List<TRow>> ReadAsync<TRow>(QueryShape<T, TRow> query, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            query.Key is null ? null : new Key(key, query.Key),
            demand,
            query.Values,
            (db, values) =>
            {
                var built = query.Build(new QueryRoots<T>(rows(db)) { Lookup = lookup?.Invoke(db) }, values);
                return plan is null ? built : built.Provider.CreateQuery<TRow>(plan(db, built.Expression));
            },
            narrowing is null || query.Parents is not { } parents ? null : _ => narrowing(parents),
            cancellationToken,
            query.IsChosen);

    private sealed record Key(object Source, object Query);
}
