using GraphQLParser;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Limits;

/// <summary>Finds fragments of a document by name.</summary>
internal static class DocumentFragments
{
    public static GraphQLFragmentDefinition? FindFragment(this GraphQLDocument document, ROM name)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment && fragment.FragmentName.Name.Value == name)
            {
                return fragment;
            }
        }

        return null;
    }
}
