using GraphQL.Validation;
using GraphQLParser.AST;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Engine.Limits;

/// <summary>Refuses introspection where it is not allowed, and introspection that circles through the schema.</summary>
internal sealed class IntrospectionRule(GraphQLLimitsOptions limits) : ValidationRuleBase
{
    private readonly INodeVisitor _refusal = new MatchingNodeVisitor<GraphQLField>(static (field, context) =>
    {
        if (IsEntry(field))
        {
            context.ReportError(new RefusedError(
                ErrorMessages.Introspection,
                ErrorCodes.Introspection,
                context.Document,
                field,
                new Dictionary<string, object?> { ["field"] = field.Name.StringValue }));
        }
    });

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) =>
        new(limits.AllowIntrospection ? null : _refusal);

    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        // A cycle of fragments is an error already, so the walk below ends.
        foreach (var definition in context.HasErrors ? [] : context.Document.Definitions)
        {
            if (definition is GraphQLOperationDefinition operation
                && FindTooDeep(context.Document, operation.SelectionSet, new Depth()) is { } field)
            {
                context.ReportError(new RefusedError(
                    "Maximum allowed introspection depth exceeded.", ErrorCodes.IntrospectionDepth, context.Document, field));
            }
        }

        return default;
    }

    private static bool IsEntry(GraphQLField field) => field.Name.Value == "__schema" || field.Name.Value == "__type";

    private GraphQLField? FindTooDeep(GraphQLDocument document, GraphQLSelectionSet? selections, Depth depth)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            var (inner, next) = (depth, (selection as IHasSelectionSetNode)?.SelectionSet);
            if (selection is GraphQLFragmentSpread spread)
            {
                next = document.FindFragment(spread.FragmentName.Name.Value)?.SelectionSet;
            }
            else if (selection is GraphQLField field)
            {
                inner = depth.Enter(field);
                if (inner.OfTypes > limits.MaxIntrospectionOfTypeDepth || inner.Lists > 2 || inner.Fields > 1)
                {
                    return field;
                }
            }

            if (FindTooDeep(document, next, inner) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What lies between the introspection entry and a field.</summary>
    /// <param name="Inside">Whether the entry was passed.</param>
    /// <param name="OfTypes">Wrapped types.</param>
    /// <param name="Fields">Lists of fields: two on one path walk the schema's graph.</param>
    /// <param name="Lists">Lists of related types.</param>
    private readonly record struct Depth(bool Inside, int OfTypes, int Fields, int Lists)
    {
        public Depth Enter(GraphQLField field) => field.Name.StringValue switch
        {
            "__schema" or "__type" => this with { Inside = true },
            "ofType" when Inside => this with { OfTypes = OfTypes + 1 },
            "fields" or "inputFields" when Inside => this with { Fields = Fields + 1 },
            "possibleTypes" or "interfaces" when Inside => this with { Lists = Lists + 1 },
            _ => this,
        };
    }
}
