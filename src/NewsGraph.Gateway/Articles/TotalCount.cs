using System.Linq.Expressions;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>The number of all public articles: it is kept, and need not be counted.</summary>
internal static class TotalCount
{
    /// <summary>How the articles and their number are better asked for.</summary>
    public static Expression Plan(NewsContext db, Expression query) => Kept(db, query) ?? TagWalk.OfFilter(db, query);

    // The count stands in a row of the articles: articles.OrderBy(…).Take(1).Select(_ => articles.Count()).
    private static MethodCallExpression? Kept(NewsContext db, Expression query) =>
        query is MethodCallExpression
        {
            Method.Name: nameof(Queryable.Select),
            Arguments: [
                MethodCallExpression { Method.Name: nameof(Queryable.Take), Arguments: [_, var one] },
                UnaryExpression { Operand: LambdaExpression { Body: MethodCallExpression { Method.Name: nameof(Queryable.Count), Arguments: [var counted] } } }
            ],
        } && IsAllPublic(counted)
            ? Read(db, one)
            : null;

    private static MethodCallExpression Read(NewsContext db, Expression one)
    {
        var totals = db.Set<ArticleTotals>().OrderBy(t => t.Id);
        var taken = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(ArticleTotals)], totals.Expression, one);
        return (MethodCallExpression)totals.Provider.CreateQuery<ArticleTotals>(taken).Select(t => t.PublicCount).Expression;
    }

    private static bool IsAllPublic(Expression query) =>
        query is MethodCallExpression { Method.Name: nameof(Queryable.Where), Arguments: [not MethodCallExpression, UnaryExpression { Operand: var condition }] }
            && condition == Article.IsPublic;
}
