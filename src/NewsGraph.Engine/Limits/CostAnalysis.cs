using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Engine.Limits;

/// <summary>Computes what a valid operation costs, by the weights and list sizes in the schema's metadata.</summary>
internal sealed class CostAnalysis(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
{
    // Nested abstract types multiply the work; a document that needs more than this is over any limit.
    private const int MaxVisits = 100_000;

    private readonly CostArguments _arguments = new(operation, variables);
    private int _visits;

    /// <summary>Whether another set of variables may cost something else.</summary>
    public bool DependsOnVariables => _arguments.DependsOnVariables;

    /// <summary>Set when a list was asked for without saying how long it may get.</summary>
    public RefusedError? Refusal { get; private set; }

    public OperationCost Run()
    {
        IObjectGraphType? root = operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };
        return root is null ? default : Children(root, [operation.SelectionSet], parentSize: null);
    }

    private OperationCost Children(IGraphType type, List<GraphQLSelectionSet> selections, (ListSize Rule, double Size)? parentSize)
    {
        if (type is IAbstractGraphType { PossibleTypes: { Count: > 0 } possible })
        {
            var (field, types) = (0d, 0d);
            foreach (var candidate in possible)
            {
                var cost = OfObject(candidate, selections, parentSize);
                field = Math.Max(field, cost.FieldCost);
                types = Math.Max(types, cost.TypeCost);
            }

            return new OperationCost(field, types);
        }

        return type is IObjectGraphType target ? OfObject(target, selections, parentSize) : default;
    }

    private OperationCost OfObject(IObjectGraphType type, List<GraphQLSelectionSet> selections, (ListSize Rule, double Size)? parentSize)
    {
        var merged = new Dictionary<ROM, MergedField>();
        foreach (var selection in selections)
        {
            Collect(type, selection, merged);
        }

        var (fieldCost, typeCost) = (0d, 0d);
        foreach (var field in merged.Values)
        {
            if (++_visits > MaxVisits)
            {
                return new OperationCost(double.MaxValue, double.MaxValue);
            }

            var sized = parentSize is { } parent && parent.Rule.SizedFields!.Contains(field.Definition.Name) ? parent.Size : (double?)null;
            var cost = OfField(type, field, sized);
            fieldCost += cost.FieldCost;
            typeCost += cost.TypeCost;
        }

        return new OperationCost(fieldCost, typeCost);
    }

    private OperationCost OfField(IObjectGraphType parent, MergedField field, double? sizeFromParent)
    {
        var definition = field.Definition;
        var type = definition.ResolvedType!.GetNamedType();
        var own = definition.GetMetadata<double?>(CostMetadata.Weight) ?? DefaultWeight(parent, type);
        own += _arguments.Weight(definition, field.Node);
        var size = 1d;
        (ListSize, double)? forChildren = null;
        if (definition.GetMetadata<ListSize?>(CostMetadata.ListSize) is { } rule)
        {
            var known = _arguments.Size(rule, definition, field.Node);
            if (known is null)
            {
                Refusal ??= new RefusedError("Exactly one slicing argument must be defined.", ErrorCodes.SlicingArgument, document, field.Node);
            }

            if (rule.SizedFields is { Count: > 0 })
            {
                forChildren = (rule, known ?? 1);
            }
            else
            {
                size = known ?? 1;
            }
        }

        size = sizeFromParent ?? size;
        var typeWeight = type.GetMetadata<double?>(CostMetadata.Weight) ?? (IsLeaf(type) ? 0 : 1);
        var inner = field.Selections.Count == 0 ? default : Children(type, field.Selections, forChildren);
        return new OperationCost(
            Math.Max(0, own + (inner.FieldCost * size)),
            Math.Max(0, (typeWeight + inner.TypeCost) * size));
    }

    private double DefaultWeight(IObjectGraphType parent, IGraphType type)
    {
        if (IsLeaf(type))
        {
            return 0;
        }

        return parent == schema.Query || parent == schema.Mutation || parent == schema.Subscription ? 10 : 1;
    }

    private static bool IsLeaf(IGraphType type) => type is ScalarGraphType;

    private void Collect(IObjectGraphType type, GraphQLSelectionSet selections, Dictionary<ROM, MergedField> merged)
    {
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                // Introspection reads memory only and has a depth limit of its own.
                case GraphQLField field when !field.Name.Value.Span.StartsWith("__"):
                    Add(type, field, merged);
                    break;
                case GraphQLInlineFragment inline when Applies(inline.TypeCondition, type):
                    Collect(type, inline.SelectionSet, merged);
                    break;
                case GraphQLFragmentSpread spread
                    when document.FindFragment(spread.FragmentName.Name.Value) is { } fragment && Applies(fragment.TypeCondition, type):
                    Collect(type, fragment.SelectionSet, merged);
                    break;
            }
        }
    }

    private static void Add(IObjectGraphType type, GraphQLField field, Dictionary<ROM, MergedField> merged)
    {
        var key = field.Alias?.Name.Value ?? field.Name.Value;
        if (!merged.TryGetValue(key, out var entry))
        {
            if (type.GetField(field.Name.Value) is not { } definition)
            {
                return;
            }

            entry = new MergedField(definition, field, []);
            merged.Add(key, entry);
        }

        if (field.SelectionSet is { } inner)
        {
            entry.Selections.Add(inner);
        }
    }

    private bool Applies(GraphQLTypeCondition? condition, IObjectGraphType type)
    {
        if (condition is null || condition.Type.Name.Value == type.Name)
        {
            return true;
        }

        return schema.AllTypes[condition.Type.Name.Value] is IAbstractGraphType target && target.PossibleTypes.Contains(type);
    }

    private sealed record MergedField(FieldType Definition, GraphQLField Node, List<GraphQLSelectionSet> Selections);
}
