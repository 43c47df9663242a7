using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Ide;
using NewsGraph.Transports.Sdl;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.Transports.Http;

/// <summary>Everything that is served under one address: operations, sockets, the schema and the IDE.</summary>
internal sealed class GraphQLEndpoint(
    IOperationExecutor executor,
    ResultSender sender,
    KeptResponses kept,
    SchemaEndpoint schema,
    IdeEndpoint ide,
    GraphQLWebSocketHandler sockets,
    OriginPolicy origins,
    Draining draining,
    IOptions<GraphQLHttpOptions> options)
{
    private const string Methods = "GET, HEAD, POST, OPTIONS";

    private static readonly RequestRefusal NotAcceptable =
        new("None of the `Accept` header values is supported.", ErrorCodes.AcceptUnsupported, StatusCodes.Status406NotAcceptable);

    private static readonly RequestRefusal UnsupportedContentType =
        new("The content type of the request must be application/json in UTF-8.", null, StatusCodes.Status415UnsupportedMediaType);

    private readonly GraphQLHttpOptions _options = options.Value;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">What follows the endpoint's own path: empty, or beginning with a slash.</param>
    public Task HandleAsync(HttpContext context, string path)
    {
        var method = context.Request.Method;
        var atEndpoint = path.Length <= 1;
        var isPost = HttpMethods.IsPost(method);
        if (atEndpoint && !isPost && GraphQLWebSocketHandler.IsUpgradeRequest(context))
        {
            return sockets.HandleAsync(context);
        }

        if (origins.Apply(context))
        {
            return Task.CompletedTask;
        }

        if (isPost)
        {
            return atEndpoint ? PostAsync(context) : NotFound(context);
        }

        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            return GetAsync(context, path);
        }

        context.Response.StatusCode = HttpMethods.IsOptions(method)
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = Methods;
        return Task.CompletedTask;
    }

    private async Task PostAsync(HttpContext context)
    {
        if (await ReadAcceptAsync(context) is not { } accept)
        {
            return;
        }

        if (RefuseContentType(context.Request) is { } wrongType)
        {
            await sender.RefuseAsync(context, wrongType, accept);
        }
        else if (await RequestBody.ReadAsync(context, _options.MaxRequestBytes) is not { } body)
        {
            // The rest of the body is still on its way and must not be taken for the next request.
            context.Response.Headers.Connection = "close";
            await sender.RefuseAsync(context, RequestRefusal.TooLarge, accept);
        }
        else if (kept.Find(context.Request, body) is { } ready)
        {
            await sender.SendAsync(context, ready.Result, accept);
        }
        else if (RequestParser.ParseBody(body, executor, out var refusal) is { } request)
        {
            await ExecuteAsync(context, request, SharedRequest.KeyOf(context.Request, body), accept, accept.Kinds);
        }
        else
        {
            await sender.RefuseAsync(context, refusal!, accept);
        }
    }

    private async Task GetAsync(HttpContext context, string path)
    {
        if (path.Length <= 1 && HttpMethods.IsGet(context.Request.Method) && kept.Find(context.Request) is { } ready)
        {
            await GetReadyAsync(context, ready);
        }
        else if (path.Length <= 1 && RequestParser.IsOperation(context.Request.Query) && HttpMethods.IsGet(context.Request.Method))
        {
            await GetOperationAsync(context);
        }
        else if (SchemaEndpoint.IsRequested(context.Request, path))
        {
            await schema.SendAsync(context);
        }
        else if (!await ide.TrySendAsync(context, path))
        {
            await NotFound(context);
        }
    }

    private async Task GetReadyAsync(HttpContext context, CachedResponse ready)
    {
        if (await ReadAcceptAsync(context) is { } accept)
        {
            await sender.SendAsync(context, ready.Result, accept);
        }
    }

    private async Task GetOperationAsync(HttpContext context)
    {
        if (await ReadAcceptAsync(context) is not { } accept)
        {
            return;
        }

        if (RequestParser.ParseUrl(context.Request.Query, out var refusal) is { } request)
        {
            // A link may be followed without the reader's will, so nothing that changes data runs by GET.
            await ExecuteAsync(context, request, SharedRequest.KeyOf(context.Request), accept, accept.Kinds & ~OperationKinds.Mutation);
        }
        else
        {
            await sender.RefuseAsync(context, refusal!, accept);
        }
    }

    // What the client accepts; null when the request is refused and answered already.
    private async ValueTask<AcceptHeader?> ReadAcceptAsync(HttpContext context)
    {
        if (AcceptHeader.TryRead(context.Request.Headers.Accept) is not { } accept)
        {
            await RefuseAcceptAsync(context);
        }
        else if (accept.NothingSupported)
        {
            await sender.RefuseAsync(context, NotAcceptable, null);
        }
        else if (draining.HasBegun)
        {
            await RefuseNewAsync(context, accept);
        }
        else
        {
            return accept;
        }

        return null;
    }

    private async Task ExecuteAsync(HttpContext context, OperationRequest request, ReadOnlyMemory<byte> key, AcceptHeader accept, OperationKinds kinds)
    {
        var headers = context.Request.Headers;
        var lastEvent = headers["Last-Event-ID"].ToString();
        var result = await executor.ExecuteAsync(
            request with
            {
                SharedKey = key,
                Allowed = kinds,
                ReportCost = headers["GraphQL-Cost"].ToString().Equals("report", StringComparison.OrdinalIgnoreCase),
                User = SharedRequest.UserOf(context),
                RemoteAddress = context.Connection.RemoteIpAddress?.ToString(),
                ResumeAfter = lastEvent.Length == 0 ? null : lastEvent,
            },
            context.RequestAborted);
        await sender.SendAsync(context, result, accept);
    }

    private static RequestRefusal? RefuseContentType(HttpRequest request)
    {
        if (request.ContentType is MediaTypes.Json)
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return UnsupportedContentType;
        }

        if (type.MediaType.Equals(MediaTypes.MultipartForm, StringComparison.OrdinalIgnoreCase))
        {
            return request.Headers.ContainsKey("GraphQL-Preflight")
                ? new RequestRefusal("This server takes no uploads.", null, StatusCodes.Status415UnsupportedMediaType)
                : new RequestRefusal("Multi-part requests must include a GraphQL preflight header.", ErrorCodes.PreflightMissing);
        }

        var isJson = type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase);
        var isUtf8 = !type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        return isJson && isUtf8 ? null : UnsupportedContentType;
    }

    private Task RefuseAcceptAsync(HttpContext context)
    {
        var value = context.Request.Headers.Accept.ToString();
        return sender.RefuseAsync(
            context,
            new RequestRefusal(
                $"Unable to parse the accept header value `{value}`.",
                ErrorCodes.AcceptMalformed,
                Extensions: new Dictionary<string, object?> { ["headerValue"] = value }),
            null);
    }

    private Task RefuseNewAsync(HttpContext context, AcceptHeader accept)
    {
        context.Response.Headers.Connection = "close";
        return sender.RefuseAsync(context, RequestRefusal.ShuttingDown(draining.NextReconnect()), accept);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
