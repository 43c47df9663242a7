using System.Linq.Expressions;
using System.Reflection;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>The pieces that filters and key-set pages build their expressions from.</summary>
internal static class QueryExpressions
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock NullabilityGate = new();

    /// <summary>A value as a closure would hold it, so that it becomes a parameter and the plan is reused.</summary>
    public static Expression Captured(object? value, Type type)
    {
        var holder = Activator.CreateInstance(typeof(Holder<>).MakeGenericType(type), value)!;
        return Expression.Property(Expression.Constant(holder), nameof(Holder<>.Value));
    }

    /// <summary>A lambda's body with its parameter replaced.</summary>
    public static Expression Inline(LambdaExpression lambda, Expression argument) =>
        new Replacement(lambda.Parameters[0], argument).Visit(lambda.Body);

    /// <summary>Joins conditions; null is "no condition".</summary>
    public static Expression? And(Expression? left, Expression? right) =>
        left is null ? right : right is null ? left : Expression.AndAlso(left, right);

    /// <summary>Whether a member can be null, by its type or, for a reference, by its annotation.</summary>
    public static bool IsNullable(LambdaExpression lambda)
    {
        if (Nullable.GetUnderlyingType(lambda.ReturnType) is not null)
        {
            return true;
        }

        if (lambda.Body is ConditionalExpression choice)
        {
            return choice.IfTrue is ConstantExpression { Value: null } || choice.IfFalse is ConstantExpression { Value: null };
        }

        if (lambda.ReturnType.IsValueType || lambda.Body is not MemberExpression member)
        {
            return false;
        }

        // The reflection cache behind it is not safe for parallel use.
        lock (NullabilityGate)
        {
            return member.Member switch
            {
                PropertyInfo property => Nullability.Create(property).ReadState == NullabilityState.Nullable,
                FieldInfo field => Nullability.Create(field).ReadState == NullabilityState.Nullable,
                _ => false,
            };
        }
    }

    private sealed class Holder<TValue>(TValue value)
    {
        public TValue Value { get; } = value;
    }

    private sealed class Replacement(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            node == parameter ? argument : base.VisitParameter(node);
    }
}
