using System.Security.Claims;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Engine.Execution.Plans;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>The execution as resolvers and GraphQL.NET's helpers see it. What is seldom asked for is made when it is.</summary>
internal sealed partial class PlannedExecution : IExecutionContext, IExecutionArrayPool
{
    private LoaderScope? _loaders;
    private ExecutionErrors? _errors;
    private Dictionary<string, object?>? _outputExtensions;

    public OperationInput Input => request.Input;

    public IExecutionStrategy ExecutionStrategy => request.Strategy;

    public CancellationToken CancellationToken => cancellationToken;

    public GraphQLDocument Document => Input.Plan.Document;

    public GraphQLOperationDefinition Operation => Input.Plan.Operation;

    public ISchema Schema => Input.Plan.Schema;

    public Variables Variables => Input.Variables;

    public ExecutionErrors Errors => _errors ?? Interlocked.CompareExchange(ref _errors, [], null) ?? _errors;

    public List<IDocumentExecutionListener> Listeners => field ??= [];

    public int? MaxParallelExecutionCount => null;

    public Metrics Metrics => Metrics.None;

    public object? RootValue => null;

    public bool ThrowOnUnhandledException => false;

    public Func<UnhandledExceptionContext, Task> UnhandledExceptionDelegate => context =>
    {
        request.Unhandled(context.OriginalException, context.FieldContext?.Path ?? []);
        return Task.CompletedTask;
    };

    public IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? ArgumentValues =>
        field ??= Input.Plan.Source.Arguments.All(Input);

    public IReadOnlyDictionary<ASTNode, IDictionary<string, DirectiveInfo>>? DirectiveValues =>
        field ??= Input.Plan.Source.Arguments.AllDirectives(Variables);

    public IReadOnlyDictionary<string, object?> InputExtensions => request.Context.Extensions;

    public Dictionary<string, object?> OutputExtensions =>
        _outputExtensions ?? Interlocked.CompareExchange(ref _outputExtensions, [], null) ?? _outputExtensions;

    public IDictionary<string, object?> UserContext => request.Context;

    public IServiceProvider? RequestServices => request.Services;

    public ClaimsPrincipal? User => request.Context.Request.User;

    public ExecutionOptions ExecutionOptions => field ??= new ExecutionOptions
    {
        Schema = Schema,
        Document = Document,
        OperationName = Operation.Name?.StringValue,
        UserContext = UserContext,
        User = User,
        RequestServices = RequestServices,
        CancellationToken = CancellationToken,
        UnhandledExceptionDelegate = UnhandledExceptionDelegate,
    };

    /// <summary>The loaders of this execution; of a mutation, those of the root field that runs.</summary>
    public LoaderScope Loaders => _loaders ?? Interlocked.CompareExchange(ref _loaders, new LoaderScope(), null) ?? _loaders;

    public TElement[] Rent<TElement>(int minimumLength) => new TElement[minimumLength];

    /// <summary>The context of the field around a field; null at the root.</summary>
    /// <param name="slot">The field's slot.</param>
    public IResolveFieldContext? ParentOf(int slot)
    {
        var owner = Slots[slot].Parent;
        while (owner > RootSlot && Slots[Slots[owner].Parent].State == SlotState.List)
        {
            owner = Slots[owner].Parent;
        }

        if (owner <= RootSlot)
        {
            return null;
        }

        ref var above = ref Slots[Slots[owner].Parent];
        var context = new FieldContext(this);
        context.Set(above.Selection!.Resolved[owner - above.Start], owner, SourceOf(above));
        return context;
    }

    public IEnumerable<object> PathOf(int slot) => Slots.PathTo(slot, static field => field.Definition.Name);

    public IEnumerable<object> ResponsePathOf(int slot) => Slots.PathTo(slot, static field => field.ResponseName);
}
