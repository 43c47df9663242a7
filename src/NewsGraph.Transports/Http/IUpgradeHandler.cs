using Microsoft.AspNetCore.Http;

namespace NewsGraph.Transports.Http;

/// <summary>Serves requests that leave HTTP for another protocol.</summary>
internal interface IUpgradeHandler
{
    /// <summary>Whether a request asks for that.</summary>
    /// <param name="context">The request.</param>
    bool IsUpgradeRequest(HttpContext context);

    /// <summary>Serves the connection until it ends.</summary>
    /// <param name="context">The request.</param>
    Task HandleAsync(HttpContext context);
}
