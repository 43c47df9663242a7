using System.Collections;
using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>
/// The order in which a client wrote the fields of a sort object. GraphQL.NET hands objects over in the schema's order,
/// but several keys in one object apply as written.
/// </summary>
internal static class WrittenOrder
{
    /// <summary>The names of one entry of a list argument as written, or <paramref name="coerced"/> when that is unknown.</summary>
    public static IEnumerable<string> Of(IResolveFieldContext context, string argument, int index, ICollection<string> coerced)
    {
        if (coerced.Count < 2)
        {
            return coerced;
        }

        var written = context.FieldAst.Arguments?.Find(argument)?.Value;
        return Names(context, written, index) ?? coerced;
    }

    private static IEnumerable<string>? Names(IResolveFieldContext context, ASTNode? node, int index) => node switch
    {
        GraphQLObjectValue { Fields: { } fields } when index == 0 => fields.Select(field => field.Name.StringValue),
        GraphQLListValue { Values: { } values } when index < values.Count => Names(context, values[index], 0),
        GraphQLVariable variable => Names(Variable(context, variable.Name), index),
        _ => null,
    };

    private static ICollection<string>? Names(object? raw, int index) => raw switch
    {
        IDictionary<string, object?> fields when index == 0 => fields.Keys,
        IList list when index < list.Count => Names(list[index], 0),
        _ => null,
    };

    private static object? Variable(IResolveFieldContext context, GraphQLName name) =>
        context.ExecutionContext.ExecutionOptions.Variables is { } variables && variables.TryGetValue(name.StringValue, out var raw)
            ? raw
            : null;
}
