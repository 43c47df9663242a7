namespace NewsGraph.Gateway.Articles;

/// <summary>A node at its place in the list of a parent.</summary>
/// <typeparam name="T">The node.</typeparam>
internal readonly struct PlacedRow<T>
{
    public required long ParentId { get; init; }

    public required int Position { get; init; }

    public required T Node { get; init; }
}

internal static class PlacedRows
{
    /// <summary>By parent, and each parent's by place.</summary>
    /// <param name="key">A node's key; it tells those of one place apart.</param>
    public static Comparison<PlacedRow<T>> InOrder<T>(Func<T, long> key) => (one, other) =>
        one.ParentId != other.ParentId ? one.ParentId.CompareTo(other.ParentId)
        : one.Position != other.Position ? one.Position.CompareTo(other.Position)
        : key(one.Node).CompareTo(key(other.Node));

    /// <summary>
    /// Each parent's nodes in their order. Sorted here and not by the database, which would copy all columns of a hundred
    /// rows into a tree first: more than half of what reading the tags of a page cost.
    /// </summary>
    /// <param name="rows">The nodes of all parents.</param>
    /// <param name="parents">How many parents there are at most.</param>
    /// <param name="order">See <see cref="InOrder"/>; kept, so that it is made once.</param>
    public static Dictionary<long, IReadOnlyList<T>> ToLists<T>(List<PlacedRow<T>> rows, int parents, Comparison<PlacedRow<T>> order)
    {
        rows.Sort(order);
        var lists = new Dictionary<long, IReadOnlyList<T>>(parents);
        for (var start = 0; start < rows.Count;)
        {
            var parent = rows[start].ParentId;
            var end = start + 1;
            while (end < rows.Count && rows[end].ParentId == parent)
            {
                end++;
            }

            var nodes = new T[end - start];
            for (var i = 0; i < nodes.Length; i++)
            {
                nodes[i] = rows[start + i].Node;
            }

            lists.Add(parent, nodes);
            start = end;
        }

        return lists;
    }
}
