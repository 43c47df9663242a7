using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Execution.Json;
using NewsGraph.Engine.Execution.Running;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution;

/// <summary>Runs operations: documents are parsed, validated and planned once, and executed by their plans.</summary>
public sealed partial class OperationExecutor : IOperationExecutor
{
    private const int MethodNotAllowed = 405;
    private const int BadRequest = 400;

    private readonly IServiceScopeFactory _scopes;
    private readonly GraphQLLimitsOptions _limits;
    private readonly TimeLimits _times;
    private readonly SubscriptionGroups _groups;
    private readonly ILogger<OperationExecutor> _logger;
    private readonly ResultWriter _writer;
    private readonly DocumentCache _documents;
    private readonly ResponseCache _responses;
    private readonly OperationPreparation _preparation;
    private readonly Action<Exception, IEnumerable<object>> _unhandled;

    /// <summary>Creates the executor.</summary>
    /// <param name="schema">The schema; initialized on first use if it is not yet.</param>
    /// <param name="scopes">Opens the scope of each operation.</param>
    /// <param name="limits">What documents may cost.</param>
    /// <param name="errors">Decides what clients read of errors.</param>
    /// <param name="subscriptions">How equal subscriptions share.</param>
    /// <param name="metrics">Counts what they share.</param>
    /// <param name="documents">Counts how often documents are known.</param>
    /// <param name="responses">Keeps results for equal requests.</param>
    /// <param name="time">The clock of timeouts.</param>
    /// <param name="logger">Receives what resolvers threw.</param>
    public OperationExecutor(
        ISchema schema,
        IServiceScopeFactory scopes,
        IOptions<GraphQLLimitsOptions> limits,
        IErrorFormatter errors,
        IOptions<SubscriptionOptions> subscriptions,
        SubscriptionMetrics metrics,
        DocumentMetrics documents,
        ResponseCache responses,
        TimeProvider time,
        ILogger<OperationExecutor> logger)
    {
        _scopes = scopes;
        _limits = limits.Value;
        _times = new TimeLimits(_limits.ExecutionTimeout, time);
        _logger = logger;
        _writer = new ResultWriter(errors);
        _groups = new SubscriptionGroups(subscriptions, metrics, time);
        _documents = new DocumentCache(_limits.DocumentCacheCount, _limits.DocumentCacheBytes, documents);
        _responses = responses;
        _unhandled = Log;
        _preparation = new OperationPreparation(schema, _limits, _documents, _unhandled);
    }

    /// <inheritdoc/>
    public async ValueTask<OperationResult> ExecuteAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        var document = request.Document as CachedDocument;
        if (document is null && string.IsNullOrEmpty(request.Query))
        {
            return string.IsNullOrEmpty(request.DocumentId)
                ? Refuse(ErrorMessages.DocumentMissing, ErrorCodes.DocumentMissing, statusCode: BadRequest)
                : Refuse("The specified persisted operation key is invalid.", ErrorCodes.PersistedDocumentNotFound, statusCode: BadRequest);
        }

        document ??= _documents.Find(request.Query!);
        if (document is null)
        {
            document = DocumentParser.TryParse(request.Query!, _limits, out var error);
            if (document is null)
            {
                return _writer.Write(error!);
            }
        }

        var operation = document.FindOperation(request.OperationName);
        if (operation is not null && (request.Allowed & KindOf(operation)) == 0)
        {
            return Refuse(ErrorMessages.OperationKind, null, statusCode: MethodNotAllowed);
        }

        return operation?.Operation == OperationType.Query && _responses.Takes(request)
            ? await _responses.RunAsync(request.SharedKey, token => ExecuteAsync(request, document, token), cancellationToken)
            : await ExecuteAsync(request, document, cancellationToken);
    }

    /// <inheritdoc/>
    public KnownDocument? FindDocument(ReadOnlySpan<byte> utf8) => _documents.Find(utf8);

    /// <inheritdoc/>
    public OperationResult Refuse(
        string message,
        string? code,
        IReadOnlyDictionary<string, object?>? extensions = null,
        int? statusCode = null)
    {
        var written = _writer.Write(new RefusedError(message, code, extensions, statusCode));
        return statusCode == written.StatusCode
            ? written
            : new OperationResult { Json = written.Json, ErrorsJson = written.ErrorsJson, StatusCode = statusCode };
    }

    internal static RefusedError TimedOut(TimeSpan limit) =>
        new(ErrorMessages.Timeout(limit), ErrorCodes.Timeout, statusCode: 500);

    private static OperationKinds KindOf(GraphQLOperationDefinition operation) => operation.Operation switch
    {
        OperationType.Mutation => OperationKinds.Mutation,
        OperationType.Subscription => OperationKinds.Subscription,
        _ => OperationKinds.Query,
    };

    private async ValueTask<OperationResult> ExecuteAsync(OperationRequest request, CachedDocument document, CancellationToken cancellationToken)
    {
        try
        {
            return await ExecuteAsync(new OperationContext(request, document, InputsReader.Read(request.Extensions)), cancellationToken);
        }
        catch (NotUnicodeException)
        {
            return Refuse("The variables are not valid Unicode.", ErrorCodes.UnreadableRequest, statusCode: BadRequest);
        }
    }

    private async ValueTask<OperationResult> ExecuteAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var limit = _times.Start(cancellationToken);
        var resources = new OperationResources(_scopes, limit);
        var keep = false;
        try
        {
            limit.Token.ThrowIfCancellationRequested();
            var (input, refused) = await _preparation.PrepareAsync(context, resources, limit.Token);
            if (input is null)
            {
                return _writer.Write(refused!, CostOf(context));
            }

            var request = new ExecutionRequest(input, context, resources, _preparation.Strategy, _unhandled);
            if (input.Plan.Operation.Operation != OperationType.Subscription)
            {
                return await RunAsync(request, limit.Token);
            }

            var result = await SubscribeAsync(request, resources, limit.Token);
            keep = result.Subscription is PulledSubscription;
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return _writer.Write(TimedOut(_limits.ExecutionTimeout));
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

    private async ValueTask<OperationResult> RunAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        var data = new JsonBuffer();
        try
        {
            using var execution = new PlannedExecution(request, cancellationToken);
            ResultWriter.Begin(data);
            await execution.RunAsync(data);
            return _writer.Finish(data, execution, CostOf(request.Context));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private async ValueTask<OperationResult> SubscribeAsync(ExecutionRequest request, OperationResources resources, CancellationToken cancellationToken)
    {
        using var opening = new PlannedExecution(request, cancellationToken);
        var source = await opening.OpenAsync();
        if (source is null)
        {
            var failed = new ExecutionResult();
            failed.AddErrors(opening.Errors);
            return _writer.Write(failed, CostOf(request.Context));
        }

        var execution = new EventExecution(request, _writer, _scopes, _times);
        if (source is SharedStream shared)
        {
            var key = GroupKey.Of(shared, request.Input, request.Context);
            request.Context.Opened = null;
            return new OperationResult { Executed = true, Subscription = new SharedSubscription(key, shared, execution, _groups) };
        }

        resources.StopTimeout();
        return new OperationResult
        {
            Executed = true,
            Subscription = new PulledSubscription((IAsyncEnumerable<object?>)source, execution, resources),
        };
    }

    private static Dictionary<string, object?>? CostOf(OperationContext context) =>
        context.Request.ReportCost ? CostReport.For(context.Cost) : null;

    private void Log(Exception exception, IEnumerable<object> path) =>
        LogUnhandled(_logger, exception, ErrorId.Assign(exception), string.Join('.', path));

    [LoggerMessage(Level = LogLevel.Error, Message = "Error {Id}: a resolver failed at {Path}.")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string id, string path);
}
