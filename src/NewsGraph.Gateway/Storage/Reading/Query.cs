using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>Makes queries for <see cref="NewsReader"/>.</summary>
public static class Query
{
    /// <summary>A query with one value. Keep it in a static field: it is translated once per instance.</summary>
    /// <typeparam name="TValue">The value; many keys are an <see cref="IEnumerable{T}"/> of them.</typeparam>
    /// <typeparam name="TRow">
    /// The rows: entities, which come without the properties that are <see cref="NotServedAttribute"/> and with those
    /// <see cref="ReadOnDemandAttribute"/> that are asked for; numbers and texts; objects of these, made by an initializer.
    /// </typeparam>
    /// <param name="query">The query, with its value where it is used.</param>
    public static Query<TValue, TRow> Of<TValue, TRow>(Expression<Func<NewsContext, TValue, IQueryable<TRow>>> query)
        where TValue : notnull =>
        new(query);
}

/// <summary>A query with one value.</summary>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TRow">The rows.</typeparam>
public sealed class Query<TValue, TRow>
    where TValue : notnull
{
    private readonly Expression<Func<NewsContext, TValue, IQueryable<TRow>>> _query;

    internal Query(Expression<Func<NewsContext, TValue, IQueryable<TRow>>> query) => _query = query;

    /// <summary>
    /// Which rows of a table can matter to the result, judged by it: those that have a value in a column, before or after
    /// a change. Without it the whole table does. Only a change of these takes a kept result away, so it must not be less
    /// than the truth.
    /// </summary>
    internal Func<TValue, IReadOnlyList<TRow>, Part>? Narrowing { get; private init; }

    /// <summary><see cref="Build"/>, as one delegate for all reads.</summary>
    internal Func<NewsContext, QueryValues, IQueryable<TRow>> Building => field ??= Build;

    /// <summary>The <see cref="Narrowing"/> for a value, while anybody notes what is read; otherwise null.</summary>
    internal Func<IReadOnlyList<TRow>, Part>? NarrowingOf(TValue value)
    {
        return Narrowing is null || DataReads.Current is null ? null : Bind(Narrowing, value);

        static Func<IReadOnlyList<TRow>, Part> Bind(Func<TValue, IReadOnlyList<TRow>, Part> narrowing, TValue value) => rows => narrowing(value, rows);
    }

    /// <summary>The same query with a <see cref="Narrowing"/>.</summary>
    internal Query<TValue, TRow> Narrowed(Func<TValue, IReadOnlyList<TRow>, Part> narrowing) => new(_query) { Narrowing = narrowing };

    internal IQueryable<TRow> Build(NewsContext db, QueryValues values)
    {
        var bound = new Bound(new Dictionary<Expression, Expression>
        {
            [_query.Parameters[0]] = Expression.Constant(db, typeof(NewsContext)),
            [_query.Parameters[1]] = values.At<TValue>(0),
        });
        return Expression.Lambda<Func<IQueryable<TRow>>>(bound.Visit(_query.Body)).Compile(preferInterpretation: true)();
    }

    private sealed class Bound(Dictionary<Expression, Expression> arguments) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => arguments.GetValueOrDefault(node, node);
    }
}
