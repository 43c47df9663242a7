using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary>The articles with one tag, found by a filter: read like <c>Tag.articles</c>, by <see cref="LinkWalk"/>.</summary>
internal static class TagWalk
{
    /// <summary>
    /// For all articles: where they are filtered by one tag and sorted by date, the tag's links are walked through instead
    /// of the articles.
    /// </summary>
    public static Expression OfFilter(NewsContext db, Expression query) => new Driven(db).Visit(query);

    /// <summary>Finds lists and counts of articles with one tag.</summary>
    private sealed class Driven(NewsContext db) : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(Queryable))
            {
                return base.VisitMethodCall(node);
            }

            return node.Method.Name switch
            {
                nameof(Queryable.Take) => Page(node) ?? base.VisitMethodCall(node),
                nameof(Queryable.Count) when node.Arguments.Count == 1 => Count(node) ?? base.VisitMethodCall(node),
                _ => base.VisitMethodCall(node),
            };
        }

        /// <summary>The first of the articles with a tag, by date.</summary>
        private MethodCallExpression? Page(MethodCallExpression take)
        {
            var orders = new Stack<MethodCallExpression>();
            var source = take.Arguments[0];
            while (source is MethodCallExpression { Method.Name: nameof(Queryable.OrderBy) or nameof(Queryable.OrderByDescending) or nameof(Queryable.ThenBy) or nameof(Queryable.ThenByDescending) } order)
            {
                orders.Push(order);
                source = order.Arguments[0];
            }

            if (orders.Count == 0 || source.Type != typeof(IQueryable<Article>) || !IsByDate(Lambda(orders.Peek())) || OneTagFilter.Find(db, source) is not { } filter)
            {
                return null;
            }

            var rows = Rows(filter).Expression;
            foreach (var order in orders)
            {
                var selector = OnRow(Lambda(order));
                rows = Expression.Call(typeof(Queryable), order.Method.Name, [typeof(ChildRow<Article>), selector.ReturnType], rows, Expression.Quote(selector));
            }

            var taken = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(ChildRow<Article>)], rows, take.Arguments[1]);
            var row = Expression.Parameter(typeof(ChildRow<Article>), "row");
            return Expression.Call(
                typeof(Queryable),
                nameof(Queryable.Select),
                [typeof(ChildRow<Article>), typeof(Article)],
                taken,
                Expression.Quote(Expression.Lambda(Node(row), row)));
        }

        /// <summary>How many articles a tag has: that is kept with it.</summary>
        private MethodCallExpression? Count(MethodCallExpression count) =>
            OneTagFilter.Find(db, count.Arguments[0]) is { Rest: null } filter
                ? db.Set<Tag>().Where(filter.Tag).Select(t => t.ArticleCount).Expression is var counts
                    ? Expression.Call(typeof(Queryable), nameof(Queryable.Sum), null, counts)
                    : null
                : null;

        private IQueryable<ChildRow<Article>> Rows(OneTagFilter filter)
        {
            var tags = db.Set<Tag>().Where(filter.Tag);
            var rows = db.Set<ArticleTag>()
                .Where(link => link.ListedAt != null && tags.Select(t => t.Id).FirstOrDefault() == link.TagId)
                .Join(
                    filter.Articles,
                    link => link.ArticleId,
                    article => article.Id,
                    (link, article) => new ChildRow<Article> { ParentId = link.TagId, Node = article, NodeId = link.ArticleId, NodeDate = link.ListedAt });
            return filter.Rest is { } rest ? rows.Where((Expression<Func<ChildRow<Article>, bool>>)OnRow(rest)) : rows;
        }

        private static bool IsByDate(LambdaExpression selector) =>
            selector.Body is MemberExpression { Member.Name: nameof(Nullable<>.Value), Expression: MemberExpression date } && LinkWalk.IsDate(date);

        private static LambdaExpression Lambda(MethodCallExpression call) => (LambdaExpression)((UnaryExpression)call.Arguments[1]).Operand;

        private static MemberExpression Node(Expression row) => Expression.Property(row, nameof(ChildRow<>.Node));

        /// <summary>An expression on an article as one on its row.</summary>
        private static LambdaExpression OnRow(LambdaExpression onArticle)
        {
            var row = Expression.Parameter(typeof(ChildRow<Article>), "row");
            var onNode = new Replaced(onArticle.Parameters[0], Node(row)).Visit(onArticle.Body);
            return Expression.Lambda(LinkWalk.Through(onNode), row);
        }
    }

    private sealed class Replaced(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? argument : node;
    }
}
