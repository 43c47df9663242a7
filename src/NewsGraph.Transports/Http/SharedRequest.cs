using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace NewsGraph.Transports.Http;

/// <summary>
/// Decides which requests may share a result, and by what they are equal: those of nobody in particular, by their body or
/// the parameters of their address. The two are never equal, since no text in UTF-8 has a byte like the mark of addresses.
/// </summary>
internal static class SharedRequest
{
    private const byte AddressMark = 0xFF;

    /// <summary>The key of a request with a body; empty when it shares nothing.</summary>
    public static ReadOnlyMemory<byte> KeyOf(HttpRequest request, byte[] body) => IsAnonymous(request) ? body : default;

    /// <summary>The key of a request by its address; empty when it shares nothing.</summary>
    public static ReadOnlyMemory<byte> KeyOf(HttpRequest request)
    {
        if (request.QueryString.Value is not { Length: > 1 } query || !IsAnonymous(request))
        {
            return default;
        }

        var key = new byte[1 + Encoding.UTF8.GetByteCount(query)];
        key[0] = AddressMark;
        Encoding.UTF8.GetBytes(query, key.AsSpan(1));
        return key;
    }

    /// <summary>Whether a request is nobody's in particular.</summary>
    /// <remarks>
    /// Credentials make a caller somebody, even where nothing here knows who: what a server in front of this one or a later
    /// version makes of them must never decide on what others read.
    /// </remarks>
    public static bool IsAnonymous(HttpRequest request) =>
        UserOf(request.HttpContext)?.Identity is not { IsAuthenticated: true }
        && request.Headers.Authorization.Count == 0
        && !request.Headers.ContainsKey("GraphQL-Cost");

    /// <summary>The caller, if somebody has found out who it is. The request's own property makes one up where nobody has.</summary>
    public static ClaimsPrincipal? UserOf(HttpContext context) => context.Features.Get<IHttpAuthenticationFeature>()?.User;
}
