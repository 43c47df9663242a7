using System.Linq.Expressions;
using System.Reflection;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// The values of a query, each at a place of its own. A query is built with the places; whoever runs it may keep what it
/// was translated to and put other values there. None is null: a query that treats null differently is another query.
/// </summary>
public sealed class QueryValues
{
    /// <summary>How many values a query has at most.</summary>
    public const int MaxCount = 32;

    private readonly Expression?[] _places;

    /// <summary>Keeps the values.</summary>
    /// <param name="values">The values in the order of their places, at most <see cref="MaxCount"/>.</param>
    public QueryValues(IReadOnlyList<object> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Count, MaxCount);
        Values = values;
        _places = new Expression?[values.Count];
    }

    /// <summary>The values, by place.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>The name of a place: that of the parameter which Entity Framework makes of it.</summary>
    /// <param name="place">The place.</param>
    public static string NameOf(int place) => Places.Names[place];

    /// <summary>Whether a field is a place, whatever is in it.</summary>
    /// <param name="field">The field.</param>
    public static bool IsPlace(FieldInfo field) =>
        field.DeclaringType is { IsGenericType: true } owner && owner.GetGenericTypeDefinition() == typeof(Places<>);

    /// <summary>The value as an expression that reads it from its place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="type">The value's type; the same each time.</param>
    public Expression At(int place, Type type)
    {
        // One expression per place, so that a value used twice stays one parameter.
        if (_places[place] is not { } known)
        {
            var holder = Activator.CreateInstance(typeof(Places<>).MakeGenericType(type))!;
            var field = holder.GetType().GetField(NameOf(place))!;
            field.SetValue(holder, Values[place]);
            _places[place] = known = Expression.Field(Expression.Constant(holder), field);
        }

        return known;
    }

    /// <summary>The value as an expression that reads it from its place.</summary>
    /// <typeparam name="T">The value's type; the same each time.</typeparam>
    /// <param name="place">The place.</param>
    public Expression At<T>(int place) => At(place, typeof(T));

    private static class Places
    {
        public static readonly string[] Names = [.. Enumerable.Range(0, MaxCount).Select(i => $"P{i}")];
    }

    // A parameter is named after the field it is read from, so every place needs a field of its own.
    private sealed class Places<T>
    {
#pragma warning disable CS0649, CA1823 // Written and read through their names only.
        public T? P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12, P13, P14, P15;
        public T? P16, P17, P18, P19, P20, P21, P22, P23, P24, P25, P26, P27, P28, P29, P30, P31;
#pragma warning restore CS0649, CA1823
    }
}
