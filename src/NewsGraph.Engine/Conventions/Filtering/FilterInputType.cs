using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>
/// An input such as <c>ArticleFilterInput</c>: <c>and</c> and <c>or</c>, then one field per member a client may filter
/// by. Turned into an expression, it is translated to SQL whole, its values as parameters.
/// </summary>
/// <typeparam name="T">What is filtered.</typeparam>
public abstract class FilterInputType<T> : InputObjectGraphType, IFilterInput
{
    private const string And = "and";
    private const string Or = "or";

    private readonly Dictionary<string, LambdaExpression> _members = [];
    private readonly KnownFilters _known = new();

    /// <summary>Creates the type with its <c>and</c> and <c>or</c>.</summary>
    /// <param name="name">The GraphQL name, <c>ArticleFilterInput</c>.</param>
    /// <param name="description">For the client developer.</param>
    protected FilterInputType(string name, string description)
    {
        Name = name;
        Description = description;
        var several = typeof(ListGraphType<>).MakeGenericType(typeof(NonNullGraphType<>).MakeGenericType(GetType()));
        Field(And, several).Description("Matches what all of these match.");
        Field(Or, several).Description("Matches what at least one of these matches.");
    }

    /// <summary>Adds a member with a value. Its operations follow from its type.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="member">The member; a path of properties.</param>
    /// <param name="description">For the client developer.</param>
    /// <exception cref="ArgumentException">There are no operations for the member's type.</exception>
    protected void Filter<TValue>(string name, Expression<Func<T, TValue>> member, string description) =>
        Add(name, member, OperationInputs.For(typeof(TValue)), description);

    /// <summary>Adds a member that holds the key of a node; clients give the node's global id.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="member">The key; <see cref="long"/>, or null for none.</param>
    /// <param name="typeName">The GraphQL name of the node's type; ids of other types are refused.</param>
    /// <param name="description">For the client developer.</param>
    protected void NodeId<TKey>(string name, Expression<Func<T, TKey>> member, string typeName, string description)
    {
        if ((Nullable.GetUnderlyingType(typeof(TKey)) ?? typeof(TKey)) != typeof(long))
        {
            throw new ArgumentException($"A node's key is a long, not {typeof(TKey)}.", nameof(member));
        }

        Add(name, member, typeof(IdOperationFilterInput), description).WithMetadata(IdOperationFilterInput.TypeNameKey, typeName);
    }

    /// <summary>Adds a related object with a filter of its own.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="member">The navigation.</param>
    /// <param name="description">For the client developer.</param>
    /// <typeparam name="TOther">The related object.</typeparam>
    /// <typeparam name="TFilter">Its filter input.</typeparam>
    protected void Object<TOther, TFilter>(string name, Expression<Func<T, TOther?>> member, string description)
        where TFilter : FilterInputType<TOther> =>
        Add(name, member, typeof(TFilter), description);

    /// <summary>Adds a list of related objects: <c>all</c>, <c>none</c>, <c>some</c>, <c>any</c>.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="member">The list.</param>
    /// <param name="description">For the client developer.</param>
    /// <typeparam name="TOther">The related object.</typeparam>
    /// <typeparam name="TFilter">Its filter input.</typeparam>
    protected void List<TOther, TFilter>(string name, Expression<Func<T, IEnumerable<TOther>>> member, string description)
        where TFilter : FilterInputType<TOther>, new() =>
        Add(name, member, typeof(ListFilterInputType<TOther, TFilter>), description);

    /// <summary>Turns a <c>where</c> argument into a predicate; null when it asks for nothing.</summary>
    /// <param name="value">The argument as GraphQL.NET parsed it: a dictionary, or null.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <exception cref="ExecutionError"><c>HC0026</c>: a null where none is allowed. Or the filter exceeds the limits.</exception>
    public Expression<Func<T, bool>>? ToPredicate(object? value, FilterLimits? limits = null)
    {
        if (value is not IDictionary<string, object?> fields)
        {
            return null;
        }

        var item = Expression.Parameter(typeof(T), "item");
        var condition = ((IFilterInput)this).Bind(item, fields, null, new FilterBinding(limits ?? FilterLimits.Default));
        return condition is null ? null : Expression.Lambda<Func<T, bool>>(condition, item);
    }

    /// <summary>
    /// Reads a <c>where</c> argument; null when it asks for nothing. A filter of a shape that was met before is not taken
    /// apart again: only its values are read.
    /// </summary>
    /// <param name="value">The argument as GraphQL.NET parsed it: a dictionary, or null.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <exception cref="ExecutionError">As for <see cref="ToPredicate"/>.</exception>
    internal Filter<T>? Read(object? value, FilterLimits limits)
    {
        if (value is not IDictionary<string, object?> fields)
        {
            return null;
        }

        var shape = FilterShape.Of(fields);
        if (shape is not null && _known.Find(shape.Text) is { } readers)
        {
            return new Filter<T>(this, fields, limits, shape.Text, Values(shape, readers));
        }

        var binding = new FilterBinding(limits);
        if (((IFilterInput)this).Bind(Expression.Parameter(typeof(T), "item"), fields, null, binding) is null)
        {
            return null;
        }

        if (shape is null || !binding.CanHavePlaces || binding.Readers.Count != shape.Operands.Count)
        {
            return new Filter<T>(this, fields, limits, null, []);
        }

        _known.Add(shape.Text, binding.Readers);
        return new Filter<T>(this, fields, limits, shape.Text, Values(shape, binding.Readers));
    }

    private static object[] Values(FilterShape shape, IReadOnlyList<Func<object, object>> readers)
    {
        var values = new object[readers.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = readers[i](shape.Operands[i]);
        }

        return values;
    }

    Expression? IFilterInput.Bind(Expression target, IDictionary<string, object?> values, FilterSite? site, FilterBinding binding)
    {
        binding.Budget.Enter();
        Expression? condition = null;
        foreach (var (name, value) in values)
        {
            condition = QueryExpressions.And(condition, name switch
            {
                And => Several(target, value, binding, Expression.AndAlso),
                Or => Several(target, value, binding, Expression.OrElse),
                _ => Member(target, name, value, binding),
            });
        }

        binding.Budget.Leave();
        return condition;
    }

    private Expression? Several(Expression target, object? value, FilterBinding binding, Func<Expression, Expression, Expression> combine)
    {
        if (value is not IEnumerable<object?> entries)
        {
            return null;
        }

        Expression? condition = null;
        foreach (var entry in entries)
        {
            // An empty object asks for nothing; as everywhere, it takes no part.
            if (((IFilterInput)this).Bind(target, (IDictionary<string, object?>)entry!, null, binding) is { } one)
            {
                condition = condition is null ? one : combine(condition, one);
            }
        }

        return condition;
    }

    private Expression? Member(Expression target, string name, object? value, FilterBinding binding)
    {
        var field = Fields.Find(name)!;
        var type = field.ResolvedType!.GetNamedType();
        if (value is not IDictionary<string, object?> values)
        {
            throw FilterErrors.NullOperand(name, type.Name + "!", Name);
        }

        var member = _members[name];
        var site = new FilterSite(field, QueryExpressions.IsNullable(member));
        return ((IFilterInput)type).Bind(QueryExpressions.Inline(member, target), values, site, binding);
    }

    private FieldType Add(string name, LambdaExpression member, Type input, string description)
    {
        _members.Add(name, member);
        return Field(name, input).Description(description).FieldType;
    }
}

/// <summary>An input type that turns its fields into a condition on an expression.</summary>
internal interface IFilterInput
{
    /// <summary>The condition, or null when no field asks for anything.</summary>
    Expression? Bind(Expression target, IDictionary<string, object?> values, FilterSite? site, FilterBinding binding);
}

/// <summary>Where an operation input is used.</summary>
/// <param name="Field">The filter's field.</param>
/// <param name="IsNullable">Whether the member can be null.</param>
internal sealed record FilterSite(FieldType Field, bool IsNullable);
