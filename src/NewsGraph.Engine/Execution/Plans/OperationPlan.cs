using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>
/// How an operation is executed under one set of conditions (<c>@skip</c>, <c>@include</c>). Made once, and completed as
/// types are met; shared by all requests.
/// </summary>
internal sealed class OperationPlan
{
    private readonly bool[] _conditions;

    public OperationPlan(PlannedOperation source, bool[] conditions)
    {
        Source = source;
        _conditions = conditions;
        Root = Select(source.RootType, source.Operation.SelectionSet);
    }

    public PlannedOperation Source { get; }

    public SelectionPlan Root { get; }

    public ISchema Schema => Source.Schema;

    public GraphQLDocument Document => Source.Document;

    public GraphQLOperationDefinition Operation => Source.Operation;

    public bool Includes(GraphQLDirectives? directives) => directives is null || Source.Conditions.Includes(directives, _conditions);

    public SelectionPlan Select(IObjectGraphType type, GraphQLSelectionSet? selections) =>
        new(type, [.. FieldCollector.Collect(this, type, selections).Select(field => new FieldPlan(this, type, field))]);

    public Dictionary<string, (GraphQLField Field, FieldType FieldType)> SubFieldsOf(FieldPlan field) => FieldCollector
        .Collect(this, field.Definition.ResolvedType!.GetNamedType(), field.Ast.SelectionSet)
        .ToDictionary(merged => merged.ResponseName, merged => (merged.Merge(), merged.Definition));
}
