using System.Security.Claims;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>
/// What a resolver is told. Serves one field after the other, until a resolver gives something that may still look at
/// it: then it is left behind, and the execution takes another.
/// </summary>
internal sealed class FieldContext(PlannedExecution execution) : IResolveFieldContext<object?>
{
    private FieldPlan _field = null!;
    private IResolveFieldContext? _parent;
    private int _slot;

    public object? Source { get; private set; }

    public GraphQLField FieldAst => _field.Ast;

    public FieldType FieldDefinition => _field.Definition;

    public IObjectGraphType ParentType => _field.Selection.Type;

    public IResolveFieldContext? Parent => IsAtRoot ? null : _parent ??= execution.ParentOf(_slot);

    public IDictionary<string, ArgumentValue>? Arguments => _field.ArgumentsOf(execution.Input);

    public IDictionary<string, DirectiveInfo>? Directives =>
        ExecutionHelper.GetDirectives(_field.Ast, execution.Variables, execution.Schema, execution.Document);

    public object? RootValue => execution.RootValue;

    public ISchema Schema => execution.Schema;

    public GraphQLDocument Document => execution.Document;

    public GraphQLOperationDefinition Operation => execution.Operation;

    public Variables Variables => execution.Variables;

    public CancellationToken CancellationToken => execution.CancellationToken;

    public Metrics Metrics => execution.Metrics;

    public ExecutionErrors Errors => execution.Errors;

    public IEnumerable<object> Path => IsAtRoot ? [_field.Definition.Name] : execution.PathOf(_slot);

    public IEnumerable<object> ResponsePath => IsAtRoot ? [_field.ResponseName] : execution.ResponsePathOf(_slot);

    public Dictionary<string, (GraphQLField Field, FieldType FieldType)>? SubFields => _field.SubFields;

    public IDictionary<string, object?> UserContext => execution.UserContext;

    public IReadOnlyDictionary<string, object?> InputExtensions => execution.InputExtensions;

    public IDictionary<string, object?> OutputExtensions => execution.OutputExtensions;

    public IServiceProvider? RequestServices => execution.RequestServices;

    public IExecutionArrayPool ArrayPool => execution;

    public ClaimsPrincipal? User => execution.User;

    public IExecutionContext ExecutionContext => execution;

    // That of a subscription is kept as long as its stream, when the execution that opened it is long gone.
    private bool IsAtRoot => ReferenceEquals(_field.Selection, execution.Input.Plan.Root);

    public void Set(FieldPlan field, int slot, object? source)
    {
        _field = field;
        _slot = slot;
        _parent = null;
        Source = source;
    }
}
