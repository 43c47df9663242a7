using System.Linq.Expressions;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary>A filter of articles by one tag, taken apart.</summary>
/// <param name="Articles">What is filtered.</param>
/// <param name="Tag">The tag the articles have: a condition that one tag meets at most.</param>
/// <param name="Rest">What else they must match, or null.</param>
internal sealed record OneTagFilter(IQueryable<Article> Articles, Expression<Func<Tag, bool>> Tag, Expression<Func<Article, bool>>? Rest)
{
    /// <summary>The filter of a query; null when it is none by one tag.</summary>
    public static OneTagFilter? Find(NewsContext db, Expression query)
    {
        if (query is not MethodCallExpression { Method.Name: nameof(Queryable.Where), Arguments: [var articles, UnaryExpression { Operand: Expression<Func<Article, bool>> filter }] })
        {
            return null;
        }

        Expression<Func<Tag, bool>>? tag = null;
        Expression? rest = null;
        foreach (var condition in Conditions(filter.Body))
        {
            if (tag is null && TagOf(condition) is { } found)
            {
                tag = found;
            }
            else
            {
                rest = rest is null ? condition : Expression.AndAlso(rest, condition);
            }
        }

        return tag is null ? null : new OneTagFilter(
            db.Set<Article>().AsQueryable().Provider.CreateQuery<Article>(articles),
            tag,
            rest is null ? null : Expression.Lambda<Func<Article, bool>>(rest, filter.Parameters));
    }

    private static IEnumerable<Expression> Conditions(Expression all) =>
        all is BinaryExpression { NodeType: ExpressionType.AndAlso } both ? [.. Conditions(both.Left), .. Conditions(both.Right)] : [all];

    // article.Tags.Any(tag => tag.Slug == value), or by id: unique, so no article comes twice.
    private static Expression<Func<Tag, bool>>? TagOf(Expression condition) =>
        condition is MethodCallExpression { Method.Name: nameof(Enumerable.Any), Arguments: [MemberExpression { Member.Name: nameof(Article.Tags) }, Expression<Func<Tag, bool>> tag] }
            && tag.Body is BinaryExpression { NodeType: ExpressionType.Equal, Left: MemberExpression { Member.Name: nameof(Tags.Tag.Slug) or nameof(Tags.Tag.Id) } }
                ? tag
                : null;
}
