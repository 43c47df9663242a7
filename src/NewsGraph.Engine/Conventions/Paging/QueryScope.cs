namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// A query with what it runs on. Paging opens one per statement and closes it when the rows are read, because the
/// fields of a query run in parallel and a database context serves one at a time.
/// </summary>
/// <typeparam name="T">The query's rows.</typeparam>
/// <param name="query">The query, without order and limit.</param>
/// <param name="owner">Disposed with the scope: the database context. Null when there is nothing to dispose.</param>
public sealed class QueryScope<T>(IQueryable<T> query, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    /// <summary>The query.</summary>
    public IQueryable<T> Query { get; } = query;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Makes query scopes.</summary>
public static class QueryScope
{
    /// <summary>Pairs a query with the context it was made from.</summary>
    /// <param name="owner">The context; disposed when the statement has run.</param>
    /// <param name="query">Makes the query.</param>
    public static QueryScope<T> Of<TOwner, T>(TOwner owner, Func<TOwner, IQueryable<T>> query)
        where TOwner : IAsyncDisposable =>
        new(query(owner), owner);
}

/// <summary>A node together with the parent in whose list it stands; made in a query's projection.</summary>
/// <typeparam name="T">The node.</typeparam>
public sealed class ChildRow<T>
{
    /// <summary>The parent's key.</summary>
    public required long ParentId { get; init; }

    /// <summary>The node.</summary>
    public required T Node { get; init; }

    /// <summary>A copy of the node's key that the link to the parent has; unused where it has none.</summary>
    public long NodeId { get; init; }

    /// <summary>A copy of the node's date that the link has, to be read from an index that begins with the parent; null where it has none.</summary>
    public DateTime? NodeDate { get; init; }
}

internal static class AsyncQueries
{
    /// <summary>Reads a query's rows; asynchronously where its provider can.</summary>
    public static async Task<List<T>> ReadAsync<T>(this IQueryable<T> query, CancellationToken cancellationToken)
    {
        if (query is not IAsyncEnumerable<T> rows)
        {
            return [.. query];
        }

        var list = new List<T>();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            list.Add(row);
        }

        return list;
    }
}
