using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>A field of the answer and all places of the document that ask for it.</summary>
internal sealed class MergedField(string responseName, FieldType definition, GraphQLField first)
{
    private List<GraphQLField>? _others;

    public string ResponseName { get; } = responseName;

    public FieldType Definition { get; } = definition;

    /// <summary>The first place: its arguments hold, validation has seen that the others agree.</summary>
    public GraphQLField First { get; } = first;

    public void Add(GraphQLField field)
    {
        if (!ReferenceEquals(field, First) && _others?.Contains(field) != true)
        {
            (_others ??= []).Add(field);
        }
    }

    /// <summary>The field as if it had been written once.</summary>
    public GraphQLField Merge() => _others is null
        ? First
        : new PlacedField(First.Name)
        {
            Alias = First.Alias,
            Arguments = First.Arguments,
            Directives = First.Directives,
            Location = First.Location,
            SelectionSet = MergeSelections(),
        };

    private GraphQLSelectionSet? MergeSelections()
    {
        var selections = new List<ASTNode>();
        foreach (var field in _others!.Prepend(First))
        {
            selections.AddRange(field.SelectionSet?.Selections ?? []);
        }

        return selections.Count == 0 ? null : new GraphQLSelectionSet([.. selections.Distinct()]);
    }

    // Nodes made without the parser keep no location, and errors would point nowhere.
    private sealed class PlacedField(GraphQLName name) : GraphQLField(name)
    {
        public override GraphQLLocation Location { get; set; }
    }
}

/// <summary>Collects the fields that a selection asks for of one type, as the specification's <c>CollectFields</c>.</summary>
internal sealed class FieldCollector
{
    private readonly OperationPlan _plan;
    private readonly IGraphType _type;
    private readonly List<MergedField> _fields = [];
    private readonly Dictionary<string, MergedField> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<ROM> _fragments = [];

    private FieldCollector(OperationPlan plan, IGraphType type)
    {
        _plan = plan;
        _type = type;
    }

    public static List<MergedField> Collect(OperationPlan plan, IGraphType type, GraphQLSelectionSet? selections)
    {
        var collector = new FieldCollector(plan, type);
        collector.Visit(selections);
        return collector._fields;
    }

    private void Visit(GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field when _plan.Includes(field.Directives):
                    Add(field);
                    break;
                case GraphQLInlineFragment inline when _plan.Includes(inline.Directives) && Applies(inline.TypeCondition):
                    Visit(inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread when _plan.Includes(spread.Directives) && _fragments.Add(spread.FragmentName.Name.Value):
                    if (_plan.Document.FindFragment(spread.FragmentName.Name.Value) is { } fragment && Applies(fragment.TypeCondition))
                    {
                        Visit(fragment.SelectionSet);
                    }

                    break;
            }
        }
    }

    private void Add(GraphQLField field)
    {
        var definition = Find(field)
            ?? throw new InvalidOperationException($"Schema is not configured correctly to fetch field '{field.Name}' from type '{_type.Name}'.");
        var name = field.Alias?.Name.StringValue ?? definition.Name;
        if (_byName.TryGetValue(name, out var known))
        {
            known.Add(field);
            return;
        }

        var merged = new MergedField(name, definition, field);
        _byName.Add(name, merged);
        _fields.Add(merged);
    }

    private FieldType? Find(GraphQLField field)
    {
        var schema = _plan.Schema;
        var isQuery = ReferenceEquals(schema.Query, _type);
        return field.Name.Value switch
        {
            var name when isQuery && name == schema.SchemaMetaFieldType.Name => schema.SchemaMetaFieldType,
            var name when isQuery && name == schema.TypeMetaFieldType.Name => schema.TypeMetaFieldType,
            var name when name == schema.TypeNameMetaFieldType.Name => schema.TypeNameMetaFieldType,
            var name => (_type as IComplexGraphType)?.GetField(name),
        };
    }

    private bool Applies(GraphQLTypeCondition? condition) => condition is null || Applies(_plan.Schema.AllTypes[condition.Type.Name.Value]);

    private bool Applies(IGraphType? condition) =>
        condition is not null && (condition.Equals(_type) || (condition is IAbstractGraphType many && many.IsPossibleType(_type)));
}
