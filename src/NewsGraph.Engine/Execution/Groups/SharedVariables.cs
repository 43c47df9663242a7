using GraphQLParser.AST;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// Finds the variables that decide what a subscription's results look like: all but those in the arguments of its root
/// field, which only choose the stream. The document has been validated, so nothing here recurses without end.
/// </summary>
internal sealed class SharedVariables
{
    private readonly GraphQLDocument _document;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fragments = new(StringComparer.Ordinal);

    private SharedVariables(GraphQLDocument document) => _document = document;

    public static IReadOnlyList<string> Of(GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        var found = new SharedVariables(document);
        found.Visit(operation.Directives);
        found.VisitRoot(operation.SelectionSet);
        return [.. found._names];
    }

    private void VisitRoot(GraphQLSelectionSet selections)
    {
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case GraphQLField field:
                    Visit(field.Directives);
                    Visit(field.SelectionSet);
                    break;
                case GraphQLInlineFragment inline:
                    Visit(inline.Directives);
                    VisitRoot(inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread when _document.FindFragment(spread.FragmentName.Name.Value) is { } fragment:
                    Visit(spread.Directives);
                    VisitRoot(fragment.SelectionSet);
                    break;
            }
        }
    }

    private void Visit(GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    Visit(field.Arguments);
                    Visit(field.Directives);
                    Visit(field.SelectionSet);
                    break;
                case GraphQLInlineFragment inline:
                    Visit(inline.Directives);
                    Visit(inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread:
                    Visit(spread.Directives);
                    if (_fragments.Add(spread.FragmentName.Name.StringValue))
                    {
                        Visit(_document.FindFragment(spread.FragmentName.Name.Value)?.SelectionSet);
                    }

                    break;
            }
        }
    }

    private void Visit(GraphQLDirectives? directives)
    {
        foreach (var directive in directives?.Items ?? [])
        {
            Visit(directive.Arguments);
        }
    }

    private void Visit(GraphQLArguments? arguments)
    {
        foreach (var argument in arguments?.Items ?? [])
        {
            Visit(argument.Value);
        }
    }

    private void Visit(GraphQLValue value)
    {
        switch (value)
        {
            case GraphQLVariable variable:
                _names.Add(variable.Name.StringValue);
                break;
            case GraphQLListValue { Values: { } values }:
                values.ForEach(Visit);
                break;
            case GraphQLObjectValue { Fields: { } fields }:
                fields.ForEach(field => Visit(field.Value));
                break;
        }
    }
}
