using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>The arguments written at one place of a document.</summary>
internal sealed class ArgumentPlan
{
    private readonly IDictionary<string, ArgumentValue>? _constant;
    private readonly int _number = -1;

    /// <summary>Arguments that are the same for all requests.</summary>
    public ArgumentPlan(IDictionary<string, ArgumentValue> constant) => _constant = constant;

    /// <summary>Arguments that are coerced once for each request.</summary>
    public ArgumentPlan(int number) => _number = number;

    public IDictionary<string, ArgumentValue>? Of(OperationInput input) => _constant ?? input.Arguments[_number];
}

/// <summary>
/// All arguments of an operation, coerced by GraphQL.NET: once where no variable takes part, else once for each request,
/// however many objects the field is resolved for.
/// </summary>
internal sealed class OperationArguments
{
    private readonly ISchema _schema;
    private readonly GraphQLDocument _document;
    private readonly Dictionary<GraphQLField, ArgumentPlan> _plans = [];
    private readonly List<(GraphQLField Field, QueryArguments Definitions)> _variable = [];
    private readonly List<IHasDirectivesNode> _withDirectives = [];
    private readonly List<IHasDirectivesNode> _checked = [];
    private readonly HashSet<string> _fragments = new(StringComparer.Ordinal);

    /// <exception cref="GraphQL.ExecutionError">A value cannot be coerced.</exception>
    public OperationArguments(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, IGraphType root)
    {
        _schema = schema;
        _document = document;
        VisitDirectives(operation);
        Visit(root, operation.SelectionSet);
    }

    /// <summary>The arguments of a field; null when it has none.</summary>
    /// <param name="field">The place in the document.</param>
    /// <param name="definition">The field that is resolved.</param>
    public ArgumentPlan? Find(GraphQLField field, FieldType definition)
    {
        if (_plans.TryGetValue(field, out var plan))
        {
            return plan;
        }

        return definition.Arguments is { Count: > 0 } arguments
            ? new ArgumentPlan(arguments.ToDictionary(argument => argument.Name, argument => new ArgumentValue(argument.DefaultValue, ArgumentSource.FieldDefault)))
            : null;
    }

    /// <summary>Coerces what depends on the variables.</summary>
    /// <param name="variables">The request's variables.</param>
    /// <exception cref="GraphQL.ExecutionError">A value cannot be coerced.</exception>
    public IDictionary<string, ArgumentValue>?[] Coerce(Variables variables)
    {
        foreach (var node in _checked)
        {
            ExecutionHelper.GetDirectives(node, variables, _schema, _document);
        }

        if (_variable.Count == 0)
        {
            return [];
        }

        var values = new IDictionary<string, ArgumentValue>?[_variable.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (field, definitions) = _variable[i];
            values[i] = ExecutionHelper.GetArguments(definitions, field.Arguments, variables, _document, field, null);
        }

        return values;
    }

    /// <summary>The arguments of every field that has some, as GraphQL.NET keeps them.</summary>
    /// <param name="input">The request's values.</param>
    public Dictionary<GraphQLField, IDictionary<string, ArgumentValue>> All(OperationInput input) =>
        _plans.Where(plan => plan.Value.Of(input) is not null).ToDictionary(plan => plan.Key, plan => plan.Value.Of(input)!);

    /// <summary>The directives of every node that has some, as GraphQL.NET keeps them.</summary>
    /// <param name="variables">The request's variables.</param>
    public Dictionary<ASTNode, IDictionary<string, DirectiveInfo>> AllDirectives(Variables variables) => _withDirectives.ToDictionary(
        node => (ASTNode)node, node => ExecutionHelper.GetDirectives(node, variables, _schema, _document) ?? new Dictionary<string, DirectiveInfo>());

    private void Visit(IGraphType? type, GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            VisitDirectives(selection as IHasDirectivesNode);
            switch (selection)
            {
                case GraphQLField field:
                    VisitField(type, field);
                    break;
                case GraphQLInlineFragment inline:
                    Visit(inline.TypeCondition is { } condition ? _schema.AllTypes[condition.Type.Name.Value] : type, inline.SelectionSet);
                    break;
                case GraphQLFragmentSpread spread when _fragments.Add(spread.FragmentName.Name.StringValue):
                    if (_document.FindFragment(spread.FragmentName.Name.Value) is { } fragment)
                    {
                        VisitDirectives(fragment);
                        Visit(_schema.AllTypes[fragment.TypeCondition.Type.Name.Value], fragment.SelectionSet);
                    }

                    break;
            }
        }
    }

    private void VisitField(IGraphType? type, GraphQLField field)
    {
        if (Definition(type, field) is not { } definition)
        {
            return;
        }

        if (field.Arguments is { Count: > 0 } written && definition.Arguments is { Count: > 0 } definitions)
        {
            if (written.Items.Exists(argument => UsesVariable(argument.Value)))
            {
                _plans[field] = new ArgumentPlan(_variable.Count);
                _variable.Add((field, definitions));
            }
            else
            {
                _plans[field] = new ArgumentPlan(ExecutionHelper.GetArguments(definitions, written, null, _document, field, null)!);
            }
        }

        Visit(definition.ResolvedType?.GetNamedType(), field.SelectionSet);
    }

    private FieldType? Definition(IGraphType? type, GraphQLField field) => field.Name.Value switch
    {
        var name when name == _schema.TypeMetaFieldType.Name => _schema.TypeMetaFieldType,
        var name when name == _schema.TypeNameMetaFieldType.Name => _schema.TypeNameMetaFieldType,
        var name when name == _schema.SchemaMetaFieldType.Name => _schema.SchemaMetaFieldType,
        var name => (type as IComplexGraphType)?.Fields.Find(name),
    };

    // Only to be told of values that cannot be coerced: conditions are decided with the plan, and take nothing but a Boolean.
    private void VisitDirectives(IHasDirectivesNode? node)
    {
        if (node?.Directives is not { Count: > 0 } directives)
        {
            return;
        }

        _withDirectives.Add(node);
        if (!directives.Items.Exists(directive => directive.Arguments?.Items.Exists(argument => UsesVariable(argument.Value)) == true))
        {
            ExecutionHelper.GetDirectives(node, null, _schema, _document);
        }
        else if (!directives.Items.TrueForAll(directive => Conditions.IsCondition(_schema, directive)))
        {
            _checked.Add(node);
        }
    }

    private static bool UsesVariable(GraphQLValue value) => value switch
    {
        GraphQLVariable => true,
        GraphQLListValue { Values: { } values } => values.Exists(UsesVariable),
        GraphQLObjectValue { Fields: { } fields } => fields.Exists(field => UsesVariable(field.Value)),
        _ => false,
    };
}
