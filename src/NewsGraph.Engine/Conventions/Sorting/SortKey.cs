using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Filtering;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>
/// One key of an order, with its direction. Nulls come first ascending and last descending on every database; that
/// takes a second column in the order, so an order that must be served by an index should use a key that is never null.
/// </summary>
/// <typeparam name="T">What is sorted.</typeparam>
public sealed class SortKey<T>
{
    private readonly bool _nullable;
    private readonly Lazy<Func<T, object?>> _read;

    private SortKey(LambdaExpression selector, string member, bool nullable, SortDirection direction, Lazy<Func<T, object?>> read)
    {
        Member = member;
        Selector = selector;
        _nullable = nullable;
        Direction = direction;
        _read = read;
    }

    /// <summary>The member sorted by.</summary>
    public LambdaExpression Selector { get; }

    /// <summary>The member as text; the same for every key on it.</summary>
    internal string Member { get; }

    /// <summary>The direction.</summary>
    public SortDirection Direction { get; }

    /// <summary>The type of the key's values, without <see cref="Nullable{T}"/>.</summary>
    internal Type ValueType => Nullable.GetUnderlyingType(Selector.ReturnType) ?? Selector.ReturnType;

    /// <summary>Whether a value may be null.</summary>
    internal bool IsNullable => _nullable;

    /// <summary>The same key in another direction.</summary>
    /// <param name="direction">The direction.</param>
    public SortKey<T> In(SortDirection direction) =>
        direction == Direction ? this : new SortKey<T>(Selector, Member, _nullable, direction, _read);

    internal SortKey<T> Reversed() =>
        In(Direction == SortDirection.Ascending ? SortDirection.Descending : SortDirection.Ascending);

    /// <summary>The member and the direction as text; the same for equal keys.</summary>
    internal string Text => Member + (Direction == SortDirection.Ascending ? "+" : "-");

    internal object? Read(T item) => _read.Value(item);

    /// <summary>What to order by, in turn, for an item reached by an expression.</summary>
    internal IEnumerable<Expression> Columns(Expression item)
    {
        var value = QueryExpressions.Inline(Selector, item);
        if (_nullable)
        {
            yield return Expression.Condition(IsNull(value), Expression.Constant(0), Expression.Constant(1));
        }

        yield return value;
    }

    /// <summary>
    /// The condition that an item stands behind a position in this key's direction, or at it and
    /// <paramref name="rest"/> holds; without a rest, strictly behind.
    /// </summary>
    internal Expression Behind(Expression item, Expression? position, Expression? rest)
    {
        var value = QueryExpressions.Inline(Selector, item);
        var ascending = Direction == SortDirection.Ascending;
        if (position is not { } at)
        {
            Expression tie = rest is null ? Expression.Constant(false) : Expression.AndAlso(IsNull(value), rest);
            return ascending ? Expression.OrElse(Expression.Not(IsNull(value)), tie) : tie;
        }

        var operation = ascending ? ExpressionType.GreaterThan : ExpressionType.LessThan;
        Expression behind = Compare(operation, value, at);
        if (rest is not null)
        {
            behind = Expression.OrElse(behind, Expression.AndAlso(Expression.Equal(value, at), rest));
        }

        return _nullable && !ascending ? Expression.OrElse(behind, IsNull(value)) : behind;
    }

    /// <summary>
    /// The bound that every item behind the position keeps on this key alone, or null. It says nothing new, but lets
    /// the database start its index scan at the position.
    /// </summary>
    internal Expression? Bound(Expression item, Expression? position)
    {
        if (_nullable || position is null)
        {
            return null;
        }

        var value = QueryExpressions.Inline(Selector, item);
        var operation = Direction == SortDirection.Ascending ? ExpressionType.GreaterThanOrEqual : ExpressionType.LessThanOrEqual;
        return Compare(operation, value, position);
    }

    private static BinaryExpression Compare(ExpressionType operation, Expression left, Expression right) =>
        left.Type == typeof(string)
            ? Expression.MakeBinary(operation, Expression.Call(typeof(string), nameof(string.Compare), null, left, right), Expression.Constant(0))
            : Expression.MakeBinary(operation, left, right);

    private static BinaryExpression IsNull(Expression value) => Expression.Equal(value, Expression.Constant(null, value.Type));

    internal static SortKey<T> Create<TKey>(Expression<Func<T, TKey>> key, SortDirection direction)
    {
        if (!SortKeyText.Supports(Nullable.GetUnderlyingType(typeof(TKey)) ?? typeof(TKey)))
        {
            throw new ArgumentException($"{typeof(TKey)} is not a type to sort by: {key}", nameof(key));
        }

        // With one name for the parameter, so that the same member has the same text.
        var member = QueryExpressions.Inline(key, Expression.Parameter(typeof(T), "item")).ToString();
        return new SortKey<T>(key, member, QueryExpressions.IsNullable(key), direction, new Lazy<Func<T, object?>>(() =>
        {
            var read = key.Compile();
            return item => read(item);
        }));
    }
}

/// <summary>Makes sort keys.</summary>
public static class SortKey
{
    /// <summary>Sorts by a member, smallest first.</summary>
    /// <param name="key">The member; one that the database can compare.</param>
    /// <exception cref="ArgumentException">Its type has no order that all databases share.</exception>
    public static SortKey<T> Ascending<T, TKey>(Expression<Func<T, TKey>> key) => SortKey<T>.Create(key, SortDirection.Ascending);

    /// <summary>Sorts by a member, largest first.</summary>
    /// <param name="key">The member; one that the database can compare.</param>
    /// <exception cref="ArgumentException">Its type has no order that all databases share.</exception>
    public static SortKey<T> Descending<T, TKey>(Expression<Func<T, TKey>> key) => SortKey<T>.Create(key, SortDirection.Descending);
}
