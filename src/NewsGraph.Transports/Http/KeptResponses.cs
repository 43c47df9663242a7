using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Transports.Http;

/// <summary>
/// The short way: a request whose result is kept is answered without being read, by its bytes alone. What is sent is what
/// an execution would have sent, compressed if the client likes, or only the word that the client has it already.
/// </summary>
internal sealed class KeptResponses(ResponseCache cache)
{
    // Kept by whoever likes, and asked for again each time: only this server knows whether it is still true.
    private const string CacheControl = "no-cache";

    // Everything beside the address that the answer depends on.
    private const string Vary = "Accept, Accept-Encoding, Authorization, GraphQL-Cost";

    /// <summary>The result for a request with a body, or null.</summary>
    public CachedResponse? Find(HttpRequest request, ReadOnlySpan<byte> body) =>
        cache.IsEnabled && SharedRequest.IsAnonymous(request) ? cache.Find(body) : null;

    /// <summary>The result for a request by its address, or null.</summary>
    public CachedResponse? Find(HttpRequest request) => cache.IsEnabled ? cache.Find(SharedRequest.KeyOf(request).Span) : null;

    /// <summary>Sends a result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kept">The result.</param>
    /// <param name="format">How; no stream.</param>
    public Task SendAsync(HttpContext context, CachedResponse kept, ResponseFormat format)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsPost(request.Method) && !TryBegin(request, response, kept))
        {
            return Task.CompletedTask;
        }

        var bytes = kept.Json;
        var coding = AcceptEncoding.Read(request.Headers.AcceptEncoding);
        if (coding != ContentCoding.Identity && cache.Encode(kept, coding) is { } encoded)
        {
            bytes = encoded;
            response.Headers.ContentEncoding = AcceptEncoding.NameOf(coding);
        }

        response.ContentType = MediaTypes.ContentType(format);
        response.ContentLength = bytes.Length;
        var written = response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    // False when the client has these bytes; then the status is all.
    private bool TryBegin(HttpRequest request, HttpResponse response, CachedResponse kept)
    {
        var headers = response.Headers;
        headers.ETag = kept.EntityTag;
        headers.CacheControl = CacheControl;
        headers.Append(HeaderNames.Vary, Vary);
        if (!Matches(request.Headers.IfNoneMatch.ToString(), kept.EntityTag))
        {
            return true;
        }

        cache.CountNotModified();
        response.StatusCode = StatusCodes.Status304NotModified;
        return false;
    }

    private static bool Matches(string condition, string tag)
    {
        if (condition.Length == 0 || condition == tag)
        {
            return condition.Length > 0;
        }

        var own = new EntityTagHeaderValue(tag[2..], isWeak: true);
        return EntityTagHeaderValue.TryParseList([condition], out var known)
            && known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(own, useStrongComparison: false));
    }
}
