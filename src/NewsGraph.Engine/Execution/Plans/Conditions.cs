using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>The variables that decide what an operation selects, by <c>@skip</c> and <c>@include</c>.</summary>
internal sealed class Conditions
{
    private readonly ISchema _schema;
    private readonly List<string> _names = [];

    public Conditions(ISchema schema, GraphQLDocument document)
    {
        _schema = schema;
        foreach (var definition in document.Definitions)
        {
            Visit(definition);
        }
    }

    /// <summary>How many variables take part.</summary>
    public int Count => _names.Count;

    public static bool IsCondition(ISchema schema, GraphQLDirective directive) =>
        directive.Name.Value == schema.Directives.Skip.Name || directive.Name.Value == schema.Directives.Include.Name;

    /// <summary>The values in one request.</summary>
    /// <param name="variables">The request's variables, coerced.</param>
    public bool[] Read(Variables variables) =>
        _names.Count == 0 ? [] : [.. _names.Select(name => variables.Find(name)?.Value is true)];

    /// <summary>Whether what bears these directives is selected.</summary>
    /// <param name="directives">The directives, or null.</param>
    /// <param name="values">The values of <see cref="Read"/>.</param>
    public bool Includes(GraphQLDirectives? directives, bool[] values)
    {
        foreach (var directive in directives?.Items ?? [])
        {
            if ((directive.Name.Value == _schema.Directives.Skip.Name && Holds(directive, values))
                || (directive.Name.Value == _schema.Directives.Include.Name && !Holds(directive, values)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Holds(GraphQLDirective directive, bool[] values) => ValueOf(directive) switch
    {
        GraphQLVariable variable => values[_names.IndexOf(variable.Name.StringValue)],
        GraphQLBooleanValue literal => literal.BoolValue,
        _ => false,
    };

    private static GraphQLValue? ValueOf(GraphQLDirective directive) => directive.Arguments?.Items.Find(argument => argument.Name.Value == "if")?.Value;

    private void Visit(ASTNode node)
    {
        foreach (var directive in (node as IHasDirectivesNode)?.Directives?.Items ?? [])
        {
            if (IsCondition(_schema, directive) && ValueOf(directive) is GraphQLVariable { Name.StringValue: var name } && !_names.Contains(name))
            {
                _names.Add(name);
            }
        }

        foreach (var selection in (node as IHasSelectionSetNode)?.SelectionSet?.Selections ?? [])
        {
            Visit(selection);
        }
    }
}
