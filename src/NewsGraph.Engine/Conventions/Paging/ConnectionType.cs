using GraphQL.Types;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// A connection type: <c>pageInfo</c>, <c>edges</c>, <c>nodes</c>, <c>totalCount</c>. Derive one class per connection;
/// it may add fields of its own, with <see cref="Connection.Parent"/> at hand.
/// </summary>
public abstract class ConnectionType : ObjectGraphType<Connection>
{
    private protected ConnectionType()
    {
    }
}

/// <summary>The connection of one node type.</summary>
/// <typeparam name="TNode">The nodes' graph type.</typeparam>
public abstract class ConnectionType<TNode> : ConnectionType
    where TNode : IGraphType
{
    /// <summary>Creates <c>{baseName}Connection</c> and <c>{baseName}Edge</c>.</summary>
    /// <param name="baseName">The field's name with a capital, or with the parent's in front where two differ.</param>
    /// <param name="description">For the client developer.</param>
    protected ConnectionType(string baseName, string description)
    {
        Name = baseName + "Connection";
        Description = description;
        var edge = new EdgeType<TNode>(baseName);
        Field<NonNullGraphType<PageInfoType>>("pageInfo")
            .Description("Where this page stands in the list.")
            .From(static connection => connection);
        Field("edges", new ListGraphType(new NonNullGraphType(edge)))
            .Description("The page's items, each with the cursor of its place.")
            .From(static connection => connection.OfPage(static page => page.Edges));
        Field<ListGraphType<NonNullGraphType<TNode>>>("nodes")
            .Description("The page's items.")
            .From(static connection => connection.OfPage(static page => page.Items));
        Field<NonNullGraphType<IntGraphType>>("totalCount")
            .Description("How many items the whole list has; counted only when asked for.")
            .From(static connection => (object?)connection.KnownCount ?? connection.TotalCount);
    }
}

/// <summary><c>{baseName}Edge</c>: an item and its cursor.</summary>
/// <typeparam name="TNode">The node's graph type.</typeparam>
public sealed class EdgeType<TNode> : ObjectGraphType<Edge>
    where TNode : IGraphType
{
    internal EdgeType(string baseName)
    {
        Name = baseName + "Edge";
        Description = "An item of a page, with the cursor of its place in the list.";
        Field<NonNullGraphType<StringGraphType>>("cursor")
            .Description("The item's place, for `after` and `before`. Opaque.")
            .From(static edge => edge.Cursor);
        Field<NonNullGraphType<TNode>>("node")
            .Description("The item.")
            .From(static edge => edge.Item);
    }
}

/// <summary><c>PageInfo</c>: where a page stands in its list.</summary>
public sealed class PageInfoType : ObjectGraphType<Connection>
{
    /// <summary>Creates the type.</summary>
    public PageInfoType()
    {
        Name = "PageInfo";
        Description = "Where a page stands in its list.";
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage")
            .Description("Whether the list goes on behind the page.")
            .From(static connection => connection.HasNextPage());
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage")
            .Description("Whether the list has items in front of the page.")
            .From(static connection => connection.HasPreviousPage());
        Field<StringGraphType>("startCursor")
            .Description("The first item's cursor, for `before`; null on an empty page.")
            .From(static connection => connection.OfPage(static page => page.CursorAtEnd(isLast: false)));
        Field<StringGraphType>("endCursor")
            .Description("The last item's cursor, for `after`; null on an empty page.")
            .From(static connection => connection.OfPage(static page => page.CursorAtEnd(isLast: true)));
    }
}
