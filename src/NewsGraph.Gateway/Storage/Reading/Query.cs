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

    /// <summary>A query with two values.</summary>
    /// <typeparam name="TFirst">The first value.</typeparam>
    /// <typeparam name="TSecond">The second value.</typeparam>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <param name="query">The query, with its values where they are used.</param>
    public static Query<TFirst, TSecond, TRow> Of<TFirst, TSecond, TRow>(Expression<Func<NewsContext, TFirst, TSecond, IQueryable<TRow>>> query)
        where TFirst : notnull
        where TSecond : notnull =>
        new(query);
}

/// <summary>A query whose values are parameters.</summary>
/// <typeparam name="TRow">The rows.</typeparam>
public abstract class Query<TRow>
{
    private protected Query(LambdaExpression query) => Lambda = query;

    private protected LambdaExpression Lambda { get; }

    /// <summary>Builds it on a context, with the places of its values; one delegate for all reads.</summary>
    internal Func<NewsContext, QueryValues, IQueryable<TRow>> Building => field ??= Build;

    private IQueryable<TRow> Build(NewsContext db, QueryValues values)
    {
        var arguments = Lambda.Parameters.Select((parameter, i) => KeyValuePair.Create<Expression, Expression>(
            parameter, i == 0 ? Expression.Constant(db, typeof(NewsContext)) : values.At(i - 1, parameter.Type)));
        var bound = new Bound(new Dictionary<Expression, Expression>(arguments)).Visit(Lambda.Body);
        return Expression.Lambda<Func<IQueryable<TRow>>>(bound).Compile(preferInterpretation: true)();
    }

    private sealed class Bound(Dictionary<Expression, Expression> arguments) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => arguments.GetValueOrDefault(node, node);
    }
}

/// <summary>A query with two values.</summary>
/// <typeparam name="TFirst">The first value.</typeparam>
/// <typeparam name="TSecond">The second value.</typeparam>
/// <typeparam name="TRow">The rows.</typeparam>
public sealed class Query<TFirst, TSecond, TRow> : Query<TRow>
    where TFirst : notnull
    where TSecond : notnull
{
    internal Query(Expression<Func<NewsContext, TFirst, TSecond, IQueryable<TRow>>> query)
        : base(query)
    {
    }
}

/// <summary>A query with one value.</summary>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TRow">The rows.</typeparam>
public sealed class Query<TValue, TRow> : Query<TRow>
    where TValue : notnull
{
    internal Query(Expression<Func<NewsContext, TValue, IQueryable<TRow>>> query)
        : base(query)
    {
    }

    /// <summary>
    /// Which rows of a table can matter to the result, judged by it: those that have a value in a column, before or after
    /// a change. Without it the whole table does. Only a change of these takes a kept result away, so it must not be less
    /// than the truth.
    /// </summary>
    internal Func<TValue, IReadOnlyList<TRow>, Part>? Narrowing { get; private init; }

    /// <summary>The <see cref="Narrowing"/> for a value, while anybody notes what is read; otherwise null.</summary>
    internal Func<IReadOnlyList<TRow>, Part>? NarrowingOf(TValue value)
    {
        return Narrowing is null || DataReads.Current is null ? null : Bind(Narrowing, value);

        static Func<IReadOnlyList<TRow>, Part> Bind(Func<TValue, IReadOnlyList<TRow>, Part> narrowing, TValue value) => rows => narrowing(value, rows);
    }

    /// <summary>The same query with a <see cref="Narrowing"/>.</summary>
    internal Query<TValue, TRow> Narrowed(Func<TValue, IReadOnlyList<TRow>, Part> narrowing) =>
        new((Expression<Func<NewsContext, TValue, IQueryable<TRow>>>)Lambda) { Narrowing = narrowing };
}
