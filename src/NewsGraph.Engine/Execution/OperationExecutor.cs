using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution;

/// <summary>Runs operations on GraphQL.NET: one service scope each, documents parsed and validated once.</summary>
public sealed partial class OperationExecutor : IOperationExecutor
{
    private const int MethodNotAllowed = 405;
    private const int BadRequest = 400;

    private readonly EngineDocumentExecuter _executer = new();
    private readonly ISchema _schema;
    private readonly IServiceScopeFactory _scopes;
    private readonly GraphQLLimitsOptions _limits;
    private readonly TimeProvider _time;
    private readonly SubscriptionGroups _groups;
    private readonly ILogger<OperationExecutor> _logger;
    private readonly ResultWriter _writer;
    private readonly DocumentCache _documents;
    private readonly CostRule _cost;
    private readonly IValidationRule[] _rulesOnce;
    private readonly IValidationRule[] _rulesEachTime;

    /// <summary>Creates the executor.</summary>
    /// <param name="schema">The schema; initialized on first use if it is not yet.</param>
    /// <param name="scopes">Opens the scope of each operation.</param>
    /// <param name="limits">What documents may cost.</param>
    /// <param name="errors">Decides what clients read of errors.</param>
    /// <param name="subscriptions">How equal subscriptions share.</param>
    /// <param name="metrics">Counts what they share.</param>
    /// <param name="time">The clock of timeouts.</param>
    /// <param name="logger">Receives what resolvers threw.</param>
    public OperationExecutor(
        ISchema schema,
        IServiceScopeFactory scopes,
        IOptions<GraphQLLimitsOptions> limits,
        IErrorFormatter errors,
        IOptions<SubscriptionOptions> subscriptions,
        SubscriptionMetrics metrics,
        TimeProvider time,
        ILogger<OperationExecutor> logger)
    {
        _schema = schema;
        _scopes = scopes;
        _limits = limits.Value;
        _time = time;
        _logger = logger;
        _writer = new ResultWriter(errors);
        _groups = new SubscriptionGroups(subscriptions, metrics, time);
        _documents = new DocumentCache(_limits.DocumentCacheCount, _limits.DocumentCacheBytes);
        _cost = new CostRule(_limits);
        _rulesEachTime = [_cost];
        _rulesOnce = [.. DocumentValidator.CoreRules, new IntrospectionRule(_limits), .. _rulesEachTime];
    }

    /// <inheritdoc/>
    public async ValueTask<OperationResult> ExecuteAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Query))
        {
            return string.IsNullOrEmpty(request.DocumentId)
                ? Refuse(ErrorMessages.DocumentMissing, ErrorCodes.DocumentMissing, statusCode: BadRequest)
                : Refuse("The specified persisted operation key is invalid.", ErrorCodes.PersistedDocumentNotFound, statusCode: BadRequest);
        }

        var document = _documents.Find(request.Query);
        if (document is null)
        {
            document = DocumentParser.TryParse(request.Query, _limits, out var error);
            if (document is null)
            {
                return _writer.Write(new ExecutionResult(error!));
            }
        }

        return document.FindOperation(request.OperationName) is { } operation && (request.Allowed & KindOf(operation)) == 0
            ? Refuse(ErrorMessages.OperationKind, null, statusCode: MethodNotAllowed)
            : await ExecuteAsync(request, document, cancellationToken);
    }

    /// <inheritdoc/>
    public OperationResult Refuse(
        string message,
        string? code,
        IReadOnlyDictionary<string, object?>? extensions = null,
        int? statusCode = null)
    {
        var written = _writer.Write(new ExecutionResult(new RefusedError(message, code, extensions, statusCode)));
        return statusCode == written.StatusCode
            ? written
            : new OperationResult { Json = written.Json, ErrorsJson = written.ErrorsJson, StatusCode = statusCode };
    }

    internal static RefusedError TimedOut(TimeSpan limit) =>
        new(ErrorMessages.Timeout(limit), ErrorCodes.Timeout, statusCode: 500);

    private static OperationResult Started(ISubscription subscription) => new() { Executed = true, Subscription = subscription };

    private static OperationKinds KindOf(GraphQLOperationDefinition operation) => operation.Operation switch
    {
        OperationType.Mutation => OperationKinds.Mutation,
        OperationType.Subscription => OperationKinds.Subscription,
        _ => OperationKinds.Query,
    };

    private async Task<OperationResult> ExecuteAsync(
        OperationRequest request,
        CachedDocument document,
        CancellationToken cancellationToken)
    {
        ExecutionOptions options;
        var context = new OperationContext(request, document);
        try
        {
            options = Options(request, document, context);
        }
        catch (InvalidOperationException)
        {
            return Refuse("The variables are not valid Unicode.", ErrorCodes.UnreadableRequest, statusCode: BadRequest);
        }

        var resources = new OperationResources(_scopes.CreateAsyncScope(), _limits.ExecutionTimeout, _time, cancellationToken);
        var keep = false;
        try
        {
            options.RequestServices = resources.Services;
            options.CancellationToken = resources.Token;
            var result = await _executer.ExecuteAsync(options);
            Remember(document, result);
            if (result is SubscriptionStarted started && result.Errors is not { Count: > 0 })
            {
                var execution = new EventExecution(started, _executer.Subscriptions, _writer, _scopes, _time, _limits.ExecutionTimeout);
                if (started.Source is SharedStream shared)
                {
                    var key = GroupKey.Of(shared, started.Template, context);
                    context.Opened = null;
                    return Started(new SharedSubscription(key, shared, execution, _groups));
                }

                keep = true;
                resources.StopTimeout();
                return Started(new PulledSubscription((IAsyncEnumerable<object?>)started.Source, execution, resources));
            }

            // GraphQL.NET calls a subscription executed that could not be opened; the wire does not.
            result.Executed &= document.FindOperation(request.OperationName)?.Operation != OperationType.Subscription;
            return _writer.Write(result, request.ReportCost ? CostReport.For(context.Cost) : null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return _writer.Write(new ExecutionResult(TimedOut(_limits.ExecutionTimeout)));
        }
        finally
        {
            if (!keep)
            {
                await resources.DisposeAsync();
            }

            if (context.Opened?.Release is { } release)
            {
                // Opened, and then the operation was cancelled or failed.
                await release();
            }
        }
    }

    private ExecutionOptions Options(OperationRequest request, CachedDocument document, OperationContext context) =>
        new()
        {
            Schema = _schema,
            Query = document.Text,
            Document = document.Syntax,
            OperationName = request.OperationName,
            Variables = InputsReader.Read(request.Variables),
            Extensions = InputsReader.Read(request.Extensions),
            ValidationRules = Rules(request, document, context),
            UserContext = context,
            User = request.User,
            UnhandledExceptionDelegate = LogAsync,
        };

    /// <summary>What is still to be checked; with nothing left, the document is not walked through again.</summary>
    private IValidationRule[] Rules(OperationRequest request, CachedDocument document, OperationContext context)
    {
        if (!document.Validated)
        {
            return _rulesOnce;
        }

        if (document.FindCost(request.OperationName) is not { } cost || !_cost.Allows(cost))
        {
            return _rulesEachTime;
        }

        context.Cost = cost;
        return [];
    }

    private void Remember(CachedDocument document, ExecutionResult result)
    {
        if (document.Validated)
        {
            return;
        }

        if (result.Executed || result.Errors?.Any(error => error is ValidationError) != true)
        {
            document.Validated = true;
            _documents.Add(document);
        }
    }

    private Task LogAsync(UnhandledExceptionContext context)
    {
        var id = ErrorId.Assign(context.OriginalException);
        LogUnhandled(_logger, context.OriginalException, id, string.Join('.', context.FieldContext?.Path ?? []));
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Error {Id}: a resolver failed at {Path}.")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string id, string path);
}
