using GraphQL;
using GraphQLParser.AST;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution.Loading;

/// <summary>What a field's selection asks for, so that a resolver need not read more.</summary>
public static class SelectedNames
{
    /// <summary>
    /// The names of the fields selected on what a field gives. A hint to read by: fields that <c>@skip</c> leaves out
    /// count, and a field written twice may be known from one place only.
    /// </summary>
    /// <param name="context">The field's context.</param>
    /// <param name="through">Fields to look through, such as a connection's <c>nodes</c>.</param>
    public static IReadOnlySet<string> Of(IResolveFieldContext context, IReadOnlySet<string> through)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(context.FieldAst.SelectionSet, context.Document, through, names);
        return names;
    }

    private static void Collect(GraphQLSelectionSet? selections, GraphQLDocument document, IReadOnlySet<string> through, HashSet<string> names)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    var name = field.Name.StringValue;
                    names.Add(name);
                    if (through.Contains(name))
                    {
                        Collect(field.SelectionSet, document, through, names);
                    }

                    break;
                case GraphQLInlineFragment inline:
                    Collect(inline.SelectionSet, document, through, names);
                    break;
                case GraphQLFragmentSpread spread when document.FindFragment(spread.FragmentName.Name.Value) is { } fragment:
                    Collect(fragment.SelectionSet, document, through, names);
                    break;
            }
        }
    }
}
