using System.Collections.Concurrent;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution.Plans;

/// <summary>What is known of one operation of a valid document, whatever the request; kept with the document.</summary>
internal sealed class PlannedOperation
{
    // Each condition doubles the plans there may be; what few requests ask for is planned each time.
    private const int MaxPlans = 16;
    private const int MaxConditions = 64;

    private readonly ConcurrentDictionary<ulong, OperationPlan> _plans = new();

    private PlannedOperation(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, IObjectGraphType root)
    {
        Schema = schema;
        Document = document;
        Operation = operation;
        RootType = root;
        Conditions = new Conditions(schema, document);
        Arguments = new OperationArguments(schema, document, operation, root);
        Variables = new OperationVariables(schema, document, operation);
    }

    public ISchema Schema { get; }

    public GraphQLDocument Document { get; }

    public GraphQLOperationDefinition Operation { get; }

    public IObjectGraphType RootType { get; }

    public Conditions Conditions { get; }

    public OperationArguments Arguments { get; }

    public OperationVariables Variables { get; }

    /// <summary>Null when GraphQL.NET has something to say about the operation, be it valid or not.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">The valid document.</param>
    /// <param name="operation">One of its operations.</param>
    public static PlannedOperation? TryMake(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation)
    {
        try
        {
            return Root(schema, operation) is { } root ? new PlannedOperation(schema, document, operation, root) : null;
        }
        catch (ExecutionError)
        {
            return null;
        }
    }

    /// <summary>Joins the plan with a request's variables.</summary>
    /// <param name="variables">The variables, coerced.</param>
    /// <exception cref="ExecutionError">An argument cannot be coerced.</exception>
    public OperationInput Join(Variables variables) => new(PlanFor(Conditions.Read(variables)), variables, Arguments.Coerce(variables));

    private static IObjectGraphType? Root(ISchema schema, GraphQLOperationDefinition operation) => operation.Operation switch
    {
        OperationType.Mutation => schema.Mutation,
        OperationType.Subscription => schema.Subscription,
        _ => schema.Query,
    };

    private OperationPlan PlanFor(bool[] conditions)
    {
        if (conditions.Length > MaxConditions)
        {
            return new OperationPlan(this, conditions);
        }

        var key = 0UL;
        for (var i = 0; i < conditions.Length; i++)
        {
            key |= conditions[i] ? 1UL << i : 0;
        }

        if (_plans.TryGetValue(key, out var known))
        {
            return known;
        }

        var made = new OperationPlan(this, conditions);
        return _plans.Count < MaxPlans ? _plans.GetOrAdd(key, made) : made;
    }
}
