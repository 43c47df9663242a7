using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsGraph.Transports.Http;

/// <summary>
/// Decides which requests may share a result, and by what they are equal: those of nobody in particular, by their body or
/// the parameters of their address. The two are never equal, since no body that can be read begins like parameters.
/// </summary>
internal static class SharedRequest
{
    /// <summary>The key of a request with a body; empty when it shares nothing.</summary>
    public static ReadOnlyMemory<byte> KeyOf(HttpRequest request, byte[] body) => IsAnonymous(request) ? body : default;

    /// <summary>The key of a request by its address; empty when it shares nothing.</summary>
    public static ReadOnlyMemory<byte> KeyOf(HttpRequest request) =>
        IsAnonymous(request) ? Encoding.UTF8.GetBytes(request.QueryString.Value ?? "") : default;

    // Credentials make a caller somebody, even where nothing here knows who: what a server in front of this one or a later
    // version makes of them must never decide on what others read.
    private static bool IsAnonymous(HttpRequest request) =>
        request.HttpContext.User.Identity is not { IsAuthenticated: true }
        && !request.Headers.ContainsKey("Authorization")
        && !request.Headers.ContainsKey("GraphQL-Cost");
}
