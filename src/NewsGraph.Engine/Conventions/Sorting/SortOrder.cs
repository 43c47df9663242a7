using System.Globalization;
using System.Linq.Expressions;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>
/// A total order: keys by precedence, the last one unique. Items can be put into it and positions compared with it.
/// </summary>
/// <typeparam name="T">What is sorted.</typeparam>
public sealed class SortOrder<T>
{
    private string? _identity;
    private SortOrder<T>? _reversed;

    /// <summary>Creates the order.</summary>
    /// <param name="keys">The keys by precedence; a later key on the same member as an earlier one is dropped.</param>
    /// <param name="unique">The key that tells items apart when all others are equal.</param>
    public SortOrder(IEnumerable<SortKey<T>> keys, SortKey<T> unique)
    {
        // The unique key follows the main direction, so that one index serves both.
        var list = keys.ToList();
        var last = list.Count == 0 ? unique : unique.In(list[^1].Direction);
        Keys = list.Append(last).DistinctBy(key => key.Member).ToList();
        Text = string.Join(' ', Keys.Select(key => key.Text));
    }

    private SortOrder(SortOrder<T> reversed)
    {
        _reversed = reversed;
        Keys = reversed.Keys.Select(key => key.Reversed()).ToList();
        Text = string.Join(' ', Keys.Select(key => key.Text));
    }

    /// <summary>The keys by precedence, the unique one included.</summary>
    public IReadOnlyList<SortKey<T>> Keys { get; }

    /// <summary>
    /// What tells positions of this order from those of another one with keys of the same kinds: six characters that
    /// follow from what is sorted, its members and their directions.
    /// </summary>
    internal string Identity => _identity ??= Identify();

    /// <summary>How a cursor of this order begins.</summary>
    internal string CursorStart => field ??= $"{{{Identity}}}";

    /// <summary>The keys as text; the same for equal orders.</summary>
    internal string Text { get; }

    /// <summary>The same order read from its end.</summary>
    public SortOrder<T> Reversed() => _reversed ??= new SortOrder<T>(this);

    /// <summary>Puts a query into this order.</summary>
    /// <param name="query">The query.</param>
    public IQueryable<T> Apply(IQueryable<T> query)
    {
        var item = Expression.Parameter(typeof(T), "item");
        return query.Provider.CreateQuery<T>(Apply(query.Expression, typeof(Queryable), item, item));
    }

    /// <summary>
    /// Orders rows that reach their item by an expression, with the operators of <see cref="Queryable"/> or, inside an
    /// expression, of <see cref="Enumerable"/>.
    /// </summary>
    internal Expression Apply(Expression source, Type operators, ParameterExpression row, Expression item)
    {
        var first = true;
        foreach (var key in Keys)
        {
            foreach (var column in key.Columns(item))
            {
                var name = (first, key.Direction) switch
                {
                    (true, SortDirection.Ascending) => nameof(Queryable.OrderBy),
                    (true, SortDirection.Descending) => nameof(Queryable.OrderByDescending),
                    (false, SortDirection.Ascending) => nameof(Queryable.ThenBy),
                    _ => nameof(Queryable.ThenByDescending),
                };
                Expression selector = Expression.Lambda(column, row);
                if (operators == typeof(Queryable))
                {
                    selector = Expression.Quote(selector);
                }

                source = Expression.Call(operators, name, [row.Type, column.Type], source, selector);
                first = false;
            }
        }

        return source;
    }

    // FNV-1a, of which six digits do. It tells orders apart, it protects nothing: a cryptographic hash would load OpenSSL.
    private string Identify()
    {
        var hash = 2_166_136_261u;
        foreach (var letter in typeof(T).Name + string.Concat(Keys.Select(key => $"|{key.Direction}|{key.Member}")))
        {
            hash = unchecked((hash ^ letter) * 16_777_619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture)[2..];
    }

    /// <summary>The condition that an item stands behind a position.</summary>
    /// <param name="item">The item.</param>
    /// <param name="position">The position, a value per key; null for a value that is null.</param>
    /// <param name="inclusive">Whether the position itself counts.</param>
    internal Expression Behind(Expression item, IReadOnlyList<Expression?> position, bool inclusive = false)
    {
        Expression? condition = inclusive ? Expression.Constant(true) : null;
        for (var i = Keys.Count - 1; i >= 0; i--)
        {
            condition = Keys[i].Behind(item, position[i], condition);
        }

        return Keys.Count > 1 && Keys[0].Bound(item, position[0]) is { } bound ? Expression.AndAlso(bound, condition!) : condition!;
    }
}
