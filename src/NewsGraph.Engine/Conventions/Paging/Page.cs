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
    public abstract IReadOnlyList<object> Items { get; }

    /// <summary>The items with their cursors; made when asked for.</summary>
    public abstract IReadOnlyList<Edge> Edges { get; }

    /// <summary>Whether the page's own query found more items in front of it.</summary>
    internal bool MoreBefore { get; init; }

    /// <summary>Whether the page's own query found more items behind it.</summary>
    internal bool MoreBehind { get; init; }

    /// <summary>The cursor of the first item, or of the last one; null on an empty page.</summary>
    /// <param name="isLast">Which of the two.</param>
    internal abstract string? CursorAtEnd(bool isLast);
}

/// <summary>The items of one page.</summary>
/// <typeparam name="T">The item.</typeparam>
public sealed class Page<T> : Page
    where T : class
{
    private readonly IReadOnlyList<T> _nodes;
    private readonly SortOrder<T> _order;

    internal Page(IReadOnlyList<T> nodes, SortOrder<T> order)
    {
        _nodes = nodes;
        _order = order;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Items => _nodes;

    /// <inheritdoc/>
    public override IReadOnlyList<Edge> Edges => field ??= [.. _nodes.Select(node => new Edge<T>(node, _order))];

    /// <summary>The items, in the list's order.</summary>
    public IEnumerable<T> Nodes => _nodes;

    internal override string? CursorAtEnd(bool isLast) =>
        _nodes.Count == 0 ? null : PageCursor.Encode(_order, _nodes[isLast ? _nodes.Count - 1 : 0]);
}
