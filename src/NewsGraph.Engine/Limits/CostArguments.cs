using System.Collections;
using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Limits;

/// <summary>Reads from arguments, written out or in variables, what they cost and how long a list they ask for.</summary>
internal sealed class CostArguments(GraphQLOperationDefinition operation, Inputs variables)
{
    public bool DependsOnVariables { get; private set; }

    public double Weight(FieldType definition, GraphQLField field)
    {
        var sum = 0d;
        foreach (var given in field.Arguments?.Items ?? [])
        {
            if (definition.Arguments?.Find(given.Name.Value) is { } argument)
            {
                sum += argument.GetMetadata<double?>(CostMetadata.Weight) ?? 0;

                // A scalar's value costs nothing, so a variable for one leaves the cost as it is.
                if (argument.ResolvedType!.GetNamedType() is IInputObjectGraphType)
                {
                    sum += OfLiteral(argument.ResolvedType!, given.Value);
                }
            }
        }

        return sum;
    }

    /// <summary>How many items a field may return, or null when it must say so and does not.</summary>
    /// <param name="rule">What the schema knows of the list.</param>
    /// <param name="definition">The field.</param>
    /// <param name="field">The field as it was asked for.</param>
    public double? Size(ListSize rule, FieldType definition, GraphQLField field)
    {
        double? largest = null;
        var given = 0;
        foreach (var name in rule.SlicingArguments ?? [])
        {
            if (Number(field.Arguments?.ValueFor(name)) is { } value)
            {
                given++;
                largest = Math.Max(largest ?? 0, value);
            }
            else if (field.Arguments?.ValueFor(name) is null && definition.Arguments?.Find(name)?.DefaultValue is { } byDefault)
            {
                largest = Math.Max(largest ?? 0, ToNumber(byDefault) ?? 0);
            }
        }

        if (rule is { RequireOneSlicingArgument: true, SlicingArguments.Count: > 0 } && given != 1)
        {
            return null;
        }

        return largest ?? rule.SlicingArgumentDefaultValue ?? rule.AssumedSize ?? 1;
    }

    private double? Number(GraphQLValue? value) => value switch
    {
        GraphQLIntValue literal => double.Parse(literal.Value.Span, CultureInfo.InvariantCulture),
        GraphQLVariable variable => ToNumber(ValueOf(variable, out var byDefault)) ?? Number(byDefault),
        _ => null,
    };

    private static double? ToNumber(object? value) => value switch
    {
        int or long or double or decimal or uint or ulong or short or byte => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private object? ValueOf(GraphQLVariable variable, out GraphQLValue? byDefault)
    {
        DependsOnVariables = true;
        byDefault = null;
        if (variables.TryGetValue(variable.Name.StringValue, out var value))
        {
            return value;
        }

        foreach (var definition in operation.Variables?.Items ?? [])
        {
            if (definition.Variable.Name.Value == variable.Name.Value)
            {
                byDefault = definition.DefaultValue;
            }
        }

        return null;
    }

    private double OfLiteral(IGraphType type, GraphQLValue value)
    {
        switch (value)
        {
            case GraphQLVariable when type.GetNamedType() is not IInputObjectGraphType:
                return 0;
            case GraphQLVariable variable:
                var given = ValueOf(variable, out var byDefault);
                return byDefault is null ? OfValue(type, given) : OfLiteral(type, byDefault);
            case GraphQLListValue list:
                return list.Values?.Sum(item => OfLiteral(type, item)) ?? 0;
            case GraphQLObjectValue { Fields: { } fields } when type.GetNamedType() is IInputObjectGraphType input:
                var sum = 0d;
                foreach (var given1 in fields)
                {
                    if (Find(input, given1.Name.Value) is { } field)
                    {
                        sum += OwnWeight(field) + OfLiteral(field.ResolvedType!, given1.Value);
                    }
                }

                return sum;
            default:
                return 0;
        }
    }

    private static double OfValue(IGraphType type, object? value)
    {
        switch (value)
        {
            case string:
                return 0;
            case IReadOnlyDictionary<string, object?> map when type.GetNamedType() is IInputObjectGraphType input:
                var sum = 0d;
                foreach (var (name, inner) in map)
                {
                    if (Find(input, name) is { } field)
                    {
                        sum += OwnWeight(field) + OfValue(field.ResolvedType!, inner);
                    }
                }

                return sum;
            case IDictionary:
                return 0;
            case IEnumerable list:
                return list.Cast<object?>().Sum(item => OfValue(type, item));
            default:
                return 0;
        }
    }

    private static FieldType? Find(IInputObjectGraphType input, ROM name) => input.GetField(name);

    private static double OwnWeight(FieldType field) => field.GetMetadata<double?>(CostMetadata.Weight) ?? 0;
}
