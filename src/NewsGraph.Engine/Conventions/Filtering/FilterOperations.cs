using System.Linq.Expressions;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>One operation: how it compares, and what it says about null.</summary>
/// <param name="Build">The condition that a value and an operand meet.</param>
/// <param name="IsNegated">Whether the condition is then negated.</param>
/// <param name="AllowsNull">Whether null is an operand.</param>
/// <param name="NeedsValue">Whether a value that is null cannot meet the condition.</param>
internal sealed record FilterOperation(Func<Expression, FilterOperands, Expression> Build, bool IsNegated, bool AllowsNull, bool NeedsValue);

/// <summary>
/// The operations by name. Strings compare by ordinal value, so upper and lower case differ, on every database alike;
/// a null value matches no operation but the negated ones and <c>eq: null</c>.
/// </summary>
internal static class FilterOperations
{
    private static readonly Dictionary<string, FilterOperation> Operations = Create();

    public static FilterOperation Find(string name) => Operations[name];

    private static Dictionary<string, FilterOperation> Create()
    {
        var operations = new Dictionary<string, FilterOperation>();
        Add("eq", "neq", EqualTo, allowsNull: true);
        Add("in", "nin", In);
        Add("contains", "ncontains", Contains, needsValue: true);
        Add("startsWith", "nstartsWith", StartsWith, needsValue: true);
        Add("endsWith", "nendsWith", EndsWith, needsValue: true);
        Add("gt", "ngt", Comparison(ExpressionType.GreaterThan));
        Add("gte", "ngte", Comparison(ExpressionType.GreaterThanOrEqual));
        Add("lt", "nlt", Comparison(ExpressionType.LessThan));
        Add("lte", "nlte", Comparison(ExpressionType.LessThanOrEqual));
        return operations;

        void Add(string name, string negated, Func<Expression, FilterOperands, Expression> build, bool allowsNull = false, bool needsValue = false)
        {
            operations.Add(name, new FilterOperation(build, false, allowsNull, needsValue));
            operations.Add(negated, new FilterOperation(build, true, allowsNull, needsValue));
        }
    }

    private static BinaryExpression EqualTo(Expression value, FilterOperands operands) =>
        Expression.Equal(value, operands.One(value.Type));

    private static MethodCallExpression In(Expression value, FilterOperands operands) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [value.Type], operands.Many(value.Type), value);

    private static Func<Expression, FilterOperands, Expression> Comparison(ExpressionType operation) =>
        (value, operands) => Expression.MakeBinary(operation, value, operands.One(value.Type));

    private static MethodCallExpression Contains(Expression value, FilterOperands operands) => Call(value, nameof(string.Contains), operands.Own(operands.Text));

    // SQLite's LIKE, which the two are translated to, takes upper and lower case ASCII as equal; the exact comparison
    // beside it decides, and on the other databases only repeats what LIKE found.
    private static BinaryExpression StartsWith(Expression value, FilterOperands operands) => Expression.AndAlso(
        Call(value, nameof(string.StartsWith), operands.Own(operands.Text)),
        Expression.Equal(Call(value, nameof(string.IndexOf), operands.Own(operands.Text)), Expression.Constant(0)));

    private static BinaryExpression EndsWith(Expression value, FilterOperands operands)
    {
        // Databases count characters where .NET counts halves of those beyond U+FFFF.
        var length = operands.Own(operands.Text.EnumerateRunes().Count());
        var start = Expression.Subtract(Expression.Property(value, nameof(string.Length)), length);
        var tail = Expression.Call(value, nameof(string.Substring), null, start);
        return Expression.AndAlso(
            Call(value, nameof(string.EndsWith), operands.Own(operands.Text)),
            Expression.Equal(tail, operands.Own(operands.Text)));
    }

    private static MethodCallExpression Call(Expression value, string method, Expression operand) =>
        Expression.Call(value, typeof(string).GetMethod(method, [typeof(string)])!, operand);
}
