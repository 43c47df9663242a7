using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Sse;

namespace NewsGraph.Transports.Http;

/// <summary>Sends results in the format the client asked for, with the status that format prescribes.</summary>
internal sealed class ResultSender(IOperationExecutor executor, StreamSender streams, AddressLimits addresses, KeptResponses kept)
{
    public Task SendAsync(HttpContext context, OperationResult result, AcceptHeader accept)
    {
        if (result.Subscription is { } subscription)
        {
            return StreamAsync(context, subscription, accept);
        }

        if (result.Cached is { } ready && accept.Single is ResponseFormat.Json or ResponseFormat.GraphQLResponse)
        {
            return kept.SendAsync(context, ready, accept.Single.Value);
        }

        return accept.Single switch
        {
            ResponseFormat.Json => SendAsync(context, result, ResponseFormat.Json, result.StatusCode ?? StatusCodes.Status200OK),
            ResponseFormat.GraphQLResponse => SendAsync(context, result, ResponseFormat.GraphQLResponse, StatusOf(result)),
            // A stream that cannot begin because the request itself is wrong is better told so by its status.
            { } stream when result.StatusCode is null => streams.SendAsync(context, result.Json, stream),
            _ => SendAsync(context, result, ResponseFormat.GraphQLResponse, StatusOf(result)),
        };
    }

    /// <summary>Answers a request that never reached the engine.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="accept">The client's header, or null when that is what was wrong.</param>
    public Task RefuseAsync(HttpContext context, RequestRefusal refusal, AcceptHeader? accept) =>
        refusal.RetryAfter is { } wait && IsEventSource(context.Request, accept)
            ? StreamSender.SendAwayAsync(context, wait)
            : RefuseAsync(context, executor, refusal, accept);

    /// <summary>Answers a request that never reached the engine, whoever it was meant for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="executor">Writes the error.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="accept">The client's header, if it was read.</param>
    public static Task RefuseAsync(HttpContext context, IOperationExecutor executor, RequestRefusal refusal, AcceptHeader? accept = null)
    {
        if (refusal.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var result = executor.Refuse(refusal.Message, refusal.Code, refusal.Extensions, refusal.StatusCode);
        var format = accept?.Single == ResponseFormat.Json ? ResponseFormat.Json : ResponseFormat.GraphQLResponse;
        return SendAsync(context, result, format, refusal.StatusCode);
    }

    private async Task StreamAsync(HttpContext context, ISubscription subscription, AcceptHeader accept)
    {
        using var place = addresses.TryOpen(context.Connection.RemoteIpAddress);
        if (place is not null)
        {
            await streams.SendAsync(context, subscription, accept.Stream ?? ResponseFormat.EventStream);
            return;
        }

        await subscription.DisposeAsync();
        await RefuseAsync(context, RequestRefusal.TooManyConnections, accept);
    }

    // A browser's EventSource gives up for good at any status but 200, also where it is only to come back later.
    private static bool IsEventSource(HttpRequest request, AcceptHeader? accept) =>
        HttpMethods.IsGet(request.Method) && accept is { Stream: ResponseFormat.EventStream, Single: null or ResponseFormat.EventStream };

    private static int StatusOf(OperationResult result) =>
        result.StatusCode ?? (result.Executed ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task SendAsync(HttpContext context, OperationResult result, ResponseFormat format, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.ContentType(format);
        response.ContentLength = result.Json.Length;
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HttpMethods.IsGet(context.Request.Method) ? "POST" : "GET, POST";
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            // It is not known when this ends to be true, or it is an error, or it is one reader's own.
            response.Headers.CacheControl = "no-store";
        }

        await response.Body.WriteAsync(result.Json, context.RequestAborted);
        // Nobody else has it, and the bytes are copied: the next result may be written in their place.
        result.Dispose();
    }
}
