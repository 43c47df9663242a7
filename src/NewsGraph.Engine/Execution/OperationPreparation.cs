using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using NewsGraph.Engine.Execution.Plans;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// Brings a request to the point where only execution is left. A known document takes the short way: its plan is there,
/// and only the variables are read. Whatever is new or wrong goes through GraphQL.NET, which knows what to say of it.
/// </summary>
/// <param name="schema">The schema; initialized by GraphQL.NET when the first document is validated.</param>
/// <param name="limits">What documents may cost.</param>
/// <param name="documents">Where valid documents are kept.</param>
/// <param name="unhandled">Told of exceptions.</param>
internal sealed class OperationPreparation(
    ISchema schema, GraphQLLimitsOptions limits, DocumentCache documents, Action<Exception, IEnumerable<object>> unhandled)
{
    private readonly EngineDocumentExecuter _executer = new();
    private readonly CostRule _cost = new(limits);
    private readonly IValidationRule[] _rulesOnce = [.. DocumentValidator.CoreRules, new IntrospectionRule(limits), new CostRule(limits)];

    public IExecutionStrategy Strategy => _executer.Strategy;

    /// <summary>Either what to execute, or a result that says why not.</summary>
    /// <param name="context">The operation.</param>
    /// <param name="services">Its services.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="NotUnicodeException">A string of the request is not valid Unicode.</exception>
    public async ValueTask<(OperationInput? Input, ExecutionResult? Refused)> PrepareAsync(
        OperationContext context, IServiceProvider services, CancellationToken cancellationToken)
    {
        var document = context.Document;
        if (document.Validated && await TryPrepareAsync(context) is { } known)
        {
            return (known, null);
        }

        var result = await ValidateAsync(context, services, cancellationToken);
        Remember(document, result);
        if (result is not ValidOperation valid || result.Errors is { Count: > 0 })
        {
            return (null, result);
        }

        return document.FindPlan(schema, context.Request.OperationName) is { } plan
            ? (plan.Join(valid.Variables), null)
            : throw new InvalidOperationException("A valid operation could not be planned.");
    }

    private async ValueTask<OperationInput?> TryPrepareAsync(OperationContext context)
    {
        var request = context.Request;
        if (context.Document.FindPlan(schema, request.OperationName) is not { } plan
            || await plan.Variables.ReadAsync(request.Variables) is not { } variables
            || CostOf(context, plan) is not { } cost
            || !_cost.Allows(cost))
        {
            return null;
        }

        context.Cost = cost;
        try
        {
            return plan.Join(variables);
        }
        catch (ExecutionError)
        {
            return null;
        }
    }

    /// <summary>The operation's cost; null when it is refused for it.</summary>
    private OperationCost? CostOf(OperationContext context, PlannedOperation plan)
    {
        if (context.Document.FindCost(context.Request.OperationName) is { } known)
        {
            return known;
        }

        var analysis = new CostAnalysis(schema, plan.Document, plan.Operation, InputsReader.Read(context.Request.Variables));
        var cost = analysis.Run();
        return analysis.Refusal is null ? cost : null;
    }

    private Task<ExecutionResult> ValidateAsync(OperationContext context, IServiceProvider services, CancellationToken cancellationToken)
    {
        var document = context.Document;
        return _executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Query = document.Text,
            Document = document.Syntax,
            OperationName = context.Request.OperationName,
            Variables = InputsReader.Read(context.Request.Variables),
            Extensions = context.Extensions,
            ValidationRules = document.Validated ? [_cost] : _rulesOnce,
            UserContext = context,
            User = context.Request.User,
            RequestServices = services,
            CancellationToken = cancellationToken,
            UnhandledExceptionDelegate = exception =>
            {
                unhandled(exception.OriginalException, exception.FieldContext?.Path ?? []);
                return Task.CompletedTask;
            },
        });
    }

    private void Remember(CachedDocument document, ExecutionResult result)
    {
        if (!document.Validated && (result.Executed || result.Errors?.Any(error => error is ValidationError) != true))
        {
            document.Validated = true;
            documents.Add(document);
        }
    }
}
