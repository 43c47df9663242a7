using NewsGraph.Engine.Conventions.Sorting;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>One item of a page, with the cursor of its place.</summary>
public abstract class Edge
{
    /// <summary>The item.</summary>
    public abstract object Item { get; }

    /// <summary>Its cursor; built when asked for.</summary>
    public abstract string Cursor { get; }
}

/// <summary>One item of a page, with the cursor of its place.</summary>
/// <typeparam name="T">The item.</typeparam>
public sealed class Edge<T> : Edge
    where T : class
{
    private readonly SortOrder<T> _order;

    internal Edge(T node, SortOrder<T> order)
    {
        Node = node;
        _order = order;
    }

    /// <summary>The item.</summary>
    public T Node { get; }

    /// <inheritdoc/>
    public override object Item => Node;

    /// <inheritdoc/>
    public override string Cursor => PageCursor.Encode(_order, Node);
}

/// <summary>The items of one page.</summary>
public abstract class Page
{
    /// <summary>The items, in the list's order.</summary>
    public abstract IReadOnlyList<Edge> Edges { get; }

    /// <summary>Whether the page's own query found more items in front of it.</summary>
    internal bool MoreBefore { get; init; }

    /// <summary>Whether the page's own query found more items behind it.</summary>
    internal bool MoreBehind { get; init; }
}

/// <summary>The items of one page.</summary>
/// <typeparam name="T">The item.</typeparam>
public sealed class Page<T> : Page
    where T : class
{
    private readonly IReadOnlyList<Edge<T>> _edges;

    internal Page(IReadOnlyList<Edge<T>> edges) => _edges = edges;

    /// <inheritdoc/>
    public override IReadOnlyList<Edge> Edges => _edges;

    /// <summary>The items, in the list's order.</summary>
    public IEnumerable<T> Nodes => _edges.Select(edge => edge.Node);
}
