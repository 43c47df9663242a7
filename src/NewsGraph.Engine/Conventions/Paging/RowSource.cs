namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>Where the rows of a list come from. One serves one field of one request.</summary>
/// <typeparam name="T">The rows.</typeparam>
public abstract class RowSource<T>
{
    /// <summary>Whether queries on many parents get <see cref="QueryRoots{T}.Lookup"/>.</summary>
    public virtual bool CanLookUp => false;

    /// <summary>Runs one statement.</summary>
    /// <typeparam name="TRow">The rows it gives.</typeparam>
    /// <param name="query">What to ask.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask<List<TRow>> ReadAsync<TRow>(QueryShape<T, TRow> query, CancellationToken cancellationToken);
}

/// <summary>
/// A query apart from its values: two with equal keys on the same source differ in their values only, so what one was
/// translated to serves the other.
/// </summary>
/// <typeparam name="T">The rows of the source.</typeparam>
/// <typeparam name="TRow">The rows it gives.</typeparam>
/// <param name="key">What tells it from other queries on the source; null when it must be built each time.</param>
/// <param name="values">Its values.</param>
/// <param name="build">Builds it on the source's rows, with the places of the values.</param>
public sealed class QueryShape<T, TRow>(object? key, IReadOnlyList<object> values, Func<QueryRoots<T>, QueryValues, IQueryable<TRow>> build)
{
    /// <summary>What tells it from other queries on the source; null when it must be built each time.</summary>
    public object? Key { get; } = key;

    /// <summary>The keys of the parents it asks for; null when it does not name them.</summary>
    public IReadOnlyList<long>? Parents { get; init; }

    /// <summary>Its values.</summary>
    public IReadOnlyList<object> Values { get; } = values;

    /// <summary>Whether clients choose the query freely, so that there can be any number of them.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Builds it.</summary>
    /// <param name="roots">What it is built on.</param>
    /// <param name="values">The values' places.</param>
    public IQueryable<TRow> Build(QueryRoots<T> roots, QueryValues values) => build(roots, values);
}

/// <summary>What a query is built on.</summary>
/// <typeparam name="T">The rows of the source.</typeparam>
/// <param name="rows">The rows, without order and limit.</param>
public sealed class QueryRoots<T>(IQueryable<T> rows)
{
    /// <summary>The rows, without order and limit.</summary>
    public IQueryable<T> Rows { get; } = rows;

    /// <summary>
    /// How to look up the first rows of each of many parents one parent at a time, in one statement; null when the
    /// database is better at numbering the rows of all of them.
    /// </summary>
    public ParentLookup? Lookup { get; init; }
}

/// <summary>Roots of a query that goes from parent to parent.</summary>
/// <param name="Parents">The parents' keys as rows, from the place that holds them as an array of <see cref="long"/>.</param>
/// <param name="Nodes">All nodes there are.</param>
/// <param name="IsLateral">Whether the database can join each parent with a list of its own (<c>LATERAL</c>).</param>
public sealed record ParentLookup(Func<QueryValues, int, IQueryable<long>> Parents, IQueryable Nodes, bool IsLateral);

/// <summary>Opens a query with what it runs on for each statement; translates it anew each time.</summary>
/// <typeparam name="T">The rows.</typeparam>
/// <param name="open">Opens the query.</param>
internal sealed class OpenedRows<T>(Func<QueryScope<T>> open) : RowSource<T>
{
    public override async ValueTask<List<TRow>> ReadAsync<TRow>(QueryShape<T, TRow> query, CancellationToken cancellationToken)
    {
        await using var scope = open();
        return await query.Build(new QueryRoots<T>(scope.Query), new QueryValues(query.Values)).ReadAsync(cancellationToken);
    }
}
