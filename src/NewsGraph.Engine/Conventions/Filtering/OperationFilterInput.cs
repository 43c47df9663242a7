using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>The base of the operation inputs: each field compares a member with an operand.</summary>
public abstract class OperationFilterInput : InputObjectGraphType, IFilterInput
{
    internal const string Suffix = "OperationFilterInput";
    private const string And = "and";
    private const string Or = "or";

    private protected OperationFilterInput(string name, string description)
    {
        Name = name;
        Description = description;
    }

    Expression? IFilterInput.Bind(Expression target, IDictionary<string, object?> values, FilterSite? site, FilterBinding binding)
    {
        binding.Budget.Enter();
        Expression? condition = null;
        foreach (var (name, value) in values)
        {
            condition = QueryExpressions.And(condition, name switch
            {
                And => Several(target, value, site!, binding, Expression.AndAlso),
                Or => Several(target, value, site!, binding, Expression.OrElse),
                _ => Operation(target, name, value, site!, binding),
            });
        }

        binding.Budget.Leave();
        return condition;
    }

    /// <summary>An operand as the member's own type.</summary>
    private protected virtual object Read(object operand, Type type, FieldType field) => FilterOperand.Convert(operand, type);

    private protected void AddCombinators()
    {
        var several = typeof(ListGraphType<>).MakeGenericType(typeof(NonNullGraphType<>).MakeGenericType(GetType()));
        Field(And, several).Description("Matches when all of these match.");
        Field(Or, several).Description("Matches when at least one of these matches.");
    }

    private protected void AddEquality(Type operand)
    {
        Add("eq", operand, "The value equals the operand; `null` asks for no value.");
        Add("neq", operand, "The value differs from the operand; `null` asks for any value.");
    }

    private protected void AddMembership(Type operand)
    {
        var list = typeof(ListGraphType<>).MakeGenericType(operand);
        Add("in", list, "The value is one of the operands.");
        Add("nin", list, "The value is none of the operands.");
    }

    private protected void Add(string name, Type operand, string description, double cost = 10)
    {
        Field(name, operand).Description(description).FieldType.WithMetadata(CostMetadata.Weight, cost);
    }

    private Expression? Several(Expression target, object? value, FilterSite site, FilterBinding binding, Func<Expression, Expression, Expression> combine)
    {
        Expression? condition = null;
        foreach (var entry in value as IEnumerable<object?> ?? [])
        {
            if (((IFilterInput)this).Bind(target, (IDictionary<string, object?>)entry!, site, binding) is { } one)
            {
                condition = condition is null ? one : combine(condition, one);
            }
        }

        return condition;
    }

    private Expression Operation(Expression target, string name, object? value, FilterSite site, FilterBinding binding)
    {
        binding.Budget.Operation();
        var known = FilterOperations.Find(name);
        if (value is null && !(known.AllowsNull && site.IsNullable))
        {
            var expected = Fields.Find(name)!.ResolvedType!;
            throw FilterErrors.NullOperand(name, expected + "!", Name);
        }

        var field = site.Field;
        var condition = known.Build(target, new FilterOperands(binding, value, site.IsNullable, (operand, type) => Read(operand, type, field)));
        if (site.IsNullable && known.NeedsValue)
        {
            condition = Expression.AndAlso(Expression.NotEqual(target, Expression.Constant(null, target.Type)), condition);
        }

        return known.IsNegated ? Expression.Not(condition) : condition;
    }
}
