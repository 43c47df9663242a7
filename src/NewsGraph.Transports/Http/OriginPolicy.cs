using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace NewsGraph.Transports.Http;

/// <summary>
/// Decides which pages may use the endpoint. Over HTTP the browser keeps what it reads from pages that are not allowed;
/// over WebSocket it does not ask, so the server refuses.
/// </summary>
internal sealed class OriginPolicy
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";

    private readonly ICorsService _cors;
    private readonly CorsPolicy? _policy;

    public OriginPolicy(ICorsService cors, IOptions<GraphQLCorsOptions> options)
    {
        _cors = cors;
        _policy = options.Value.AllowedOrigins.Count == 0 ? null : Build(options.Value);
    }

    /// <summary>Tells a browser what the page it shows may do.</summary>
    /// <returns>True when that was all it asked for: the request is a preflight and is answered.</returns>
    public bool Apply(HttpContext context)
    {
        if (_policy is null)
        {
            return false;
        }

        var response = context.Response;
        if (!_policy.AllowAnyOrigin)
        {
            // An answer without the permission must not be kept for a page that has it.
            response.Headers.Vary = HeaderNames.Origin;
        }

        if (!context.Request.Headers.ContainsKey(HeaderNames.Origin))
        {
            return false;
        }

        var result = _cors.EvaluatePolicy(context, _policy);
        result.VaryByOrigin = false;
        _cors.ApplyResult(result, response);
        if (!result.IsPreflightRequest)
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    /// <summary>Whether the page behind a request may open a WebSocket. What sends no origin is no page.</summary>
    public bool AllowsSocket(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || IsOwn(origin, request.Host)
            || (_policy is not null && (_policy.AllowAnyOrigin || _policy.IsOriginAllowed(origin)));
    }

    // Not the scheme: behind a proxy that ends TLS the request came by http and the page by https.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? page.Port == port : page.IsDefaultPort);

    private static CorsPolicy Build(GraphQLCorsOptions options)
    {
        // Clients send headers of many names (GraphQL-Cost, Last-Event-ID, their tracing's own); none of them gives more
        // than the page already has.
        var builder = new CorsPolicyBuilder()
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)
            .AllowAnyHeader()
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.ETag)
            .SetPreflightMaxAge(options.PreflightMaxAge);
        builder = options.AllowedOrigins.Contains(Any) ? builder.AllowAnyOrigin() : builder.WithOrigins([.. options.AllowedOrigins]);
        return (options.AllowCredentials ? builder.AllowCredentials() : builder).Build();
    }
}
