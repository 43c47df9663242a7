using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>
/// Lists of a tag's or an author's articles by date, read from the index of the links, which hold the date: as many steps
/// as there are articles on the page, for few articles and for many, on the first page and on any other.
/// </summary>
internal static class LinkWalk
{
    /// <summary>For the articles below tags or authors: what the link holds is taken from the link.</summary>
    public static Expression OfParents(NewsContext db, Expression query) => Through(query);

    /// <summary>An expression on rows with an article's date and key taken from the link.</summary>
    public static Expression Through(Expression onRows) => new LinkColumns().Visit(onRows);

    public static bool IsDate(MemberExpression member) =>
        member.Member.DeclaringType == typeof(Article) && member.Member.Name == nameof(Article.PublishedAt);

    private static bool IsKey(MemberExpression member) =>
        member.Member.DeclaringType == typeof(Article) && member.Member.Name == nameof(Article.Id);

    private sealed class LinkColumns : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression is MemberExpression { Member.Name: nameof(ChildRow<>.Node), Expression: { } row } && row.Type == typeof(ChildRow<Article>)
                ? IsDate(node) ? Expression.Property(row, nameof(ChildRow<>.NodeDate))
                    : IsKey(node) ? Expression.Property(row, nameof(ChildRow<>.NodeId))
                    : base.VisitMember(node)
                : base.VisitMember(node);
    }
}
