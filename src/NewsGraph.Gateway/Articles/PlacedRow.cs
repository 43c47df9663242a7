namespace NewsGraph.Gateway.Articles;

/// <summary>A node at its place in the list of a parent.</summary>
/// <typeparam name="T">The node.</typeparam>
internal sealed class PlacedRow<T>
{
    public long ParentId { get; init; }

    public int Position { get; init; }

    public required T Node { get; init; }
}

internal static class PlacedRows
{
    /// <summary>
    /// Each parent's nodes in their order. Sorted here and not by the database, which would copy all columns of a hundred
    /// rows into a tree first: more than half of what reading the tags of a page cost.
    /// </summary>
    /// <param name="rows">The nodes of all parents.</param>
    /// <param name="key">A node's key; it tells those of one place apart.</param>
    public static IEnumerable<KeyValuePair<long, T>> InOrder<T>(List<PlacedRow<T>> rows, Func<T, long> key)
    {
        rows.Sort((one, other) => one.Position != other.Position
            ? one.Position.CompareTo(other.Position)
            : key(one.Node).CompareTo(key(other.Node)));
        foreach (var row in rows)
        {
            yield return KeyValuePair.Create(row.ParentId, row.Node);
        }
    }
}
