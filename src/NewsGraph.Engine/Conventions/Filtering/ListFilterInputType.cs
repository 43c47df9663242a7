using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary><c>ListFilterInputTypeOfTagFilterInput</c>: conditions on a list of objects.</summary>
/// <typeparam name="TItem">What the list holds.</typeparam>
/// <typeparam name="TFilter">The items' filter.</typeparam>
public sealed class ListFilterInputType<TItem, TFilter> : InputObjectGraphType, IFilterInput
    where TFilter : FilterInputType<TItem>, new()
{
    /// <summary>Creates the type.</summary>
    public ListFilterInputType()
    {
        var filter = new TFilter().Name;
        Name = "ListFilterInputTypeOf" + filter;
        Description = $"Conditions on a list, its items filtered by `{filter}`.";
        Field<TFilter>("all").Description("Every item matches; true for an empty list.");
        Field<TFilter>("none").Description("No item matches.");
        Field<TFilter>("some").Description("At least one item matches.");
        Field<BooleanGraphType>("any").Description("`true`: the list has items. `false`: it is empty.");
    }

    Expression? IFilterInput.Bind(Expression target, IDictionary<string, object?> values, FilterSite? site, FilterBinding binding)
    {
        Expression? condition = null;
        foreach (var (name, value) in values)
        {
            binding.Budget.Operation();
            condition = QueryExpressions.And(condition, value switch
            {
                null => throw FilterErrors.NullOperand(name, Fields.Find(name)!.ResolvedType!.GetNamedType().Name + "!", Name),
                bool any => any ? Any(target, null) : Expression.Not(Any(target, null)),
                _ => Items(target, name, (IDictionary<string, object?>)value, binding),
            });
        }

        return condition;
    }

    private Expression Items(Expression target, string name, IDictionary<string, object?> values, FilterBinding binding)
    {
        var item = Expression.Parameter(typeof(TItem), "element");
        var filter = (IFilterInput)Fields.Find(name)!.ResolvedType!.GetNamedType();
        var condition = filter.Bind(item, values, null, binding);
        var matches = condition is null ? null : Expression.Lambda(condition, item);
        return name switch
        {
            "some" => Any(target, matches),
            "none" => Expression.Not(Any(target, matches)),
            _ => matches is null
                ? Expression.Constant(true)
                : Expression.Call(typeof(Enumerable), nameof(Enumerable.All), [typeof(TItem)], target, matches),
        };
    }

    private static MethodCallExpression Any(Expression target, LambdaExpression? matches) =>
        matches is null
            ? Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(TItem)], target)
            : Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(TItem)], target, matches);
}
