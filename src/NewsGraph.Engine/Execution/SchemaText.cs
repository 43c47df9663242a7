using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// Prints a schema: first itself, then objects, interfaces, unions, inputs, enums, directives and scalars, each kind by
/// name, so that a change shows in one place; members stay in the order they were declared in.
/// </summary>
internal static class SchemaText
{
    public static string Print(ISchema schema)
    {
        var printed = schema.Print();
        var definitions = Parser.Parse(printed).Definitions
            .OrderBy(Rank)
            .ThenBy(Name, StringComparer.Ordinal)
            .Select(definition => Slice(printed, definition));
        return string.Join("\n\n", definitions) + "\n";
    }

    /// <summary>A definition's text with its description.</summary>
    public static string Slice(string text, ASTNode definition)
    {
        var start = (definition as IHasDescriptionNode)?.Description?.Location.Start ?? definition.Location.Start;
        return text[start..definition.Location.End].TrimEnd();
    }

    private static int Rank(ASTNode definition) => definition switch
    {
        GraphQLSchemaDefinition => 0,
        GraphQLObjectTypeDefinition => 1,
        GraphQLInterfaceTypeDefinition => 2,
        GraphQLUnionTypeDefinition => 3,
        GraphQLInputObjectTypeDefinition => 4,
        GraphQLEnumTypeDefinition => 5,
        GraphQLDirectiveDefinition => 6,
        _ => 7,
    };

    private static string Name(ASTNode definition) => (definition as INamedNode)?.Name.StringValue ?? "";
}
