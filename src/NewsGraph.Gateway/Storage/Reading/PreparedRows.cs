using NewsGraph.Engine.Conventions.Paging;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>The rows of a paged field, read by <see cref="NewsReader"/>.</summary>
internal sealed class PreparedRows<T>(
    NewsReader reader, object key, Demand demand, Func<NewsContext, IQueryable<T>> rows, Func<NewsContext, IQueryable>? nodes) : RowSource<T>
{
    public override bool CanLookUp => nodes is not null;

    public override ValueTask<List<TRow>> ReadAsync<TRow>(QueryShape<T, TRow> query, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            query.Key is null ? null : new Key(key, query.Key),
            demand,
            query.Values,
            (db, values) => query.Build(new QueryRoots<T>(rows(db)) { Lookup = nodes is null ? null : reader.Lookup(db, nodes(db)) }, values),
            cancellationToken);

    private sealed record Key(object Source, object Query);
}
