using Microsoft.AspNetCore.Http;
using NewsGraph.Engine.Conventions;
using NewsGraph.Transports.Connections;

namespace NewsGraph.Transports.Http;

/// <summary>Why a request never reached the engine.</summary>
/// <param name="Message">What the client reads.</param>
/// <param name="Code">The stable code, or null for none.</param>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Extensions">Further extensions, or null.</param>
/// <param name="RetryAfter">When the same request may succeed, or null.</param>
internal sealed record RequestRefusal(
    string Message,
    string? Code,
    int StatusCode = 400,
    IReadOnlyDictionary<string, object?>? Extensions = null,
    TimeSpan? RetryAfter = null)
{
    public static readonly RequestRefusal Batch = new(ErrorMessages.InvalidRequest, ErrorCodes.InvalidRequest);

    public static readonly RequestRefusal TooLarge = new(ErrorMessages.RequestTooLarge, ErrorCodes.RequestTooLarge);

    public static readonly RequestRefusal OriginNotAllowed = new(
        "Pages of this origin may not open a WebSocket here; GraphQL:Cors:AllowedOrigins does not name it.",
        ErrorCodes.OriginNotAllowed,
        StatusCodes.Status403Forbidden);

    /// <summary>Another connection of this address has to end first, of which nobody knows when.</summary>
    public static RequestRefusal TooManyConnections => new(
        "This address has as many connections open as it may.",
        ErrorCodes.TooManyConnections,
        StatusCodes.Status429TooManyRequests,
        RetryAfter: Jitter.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)));

    /// <summary>The server is about to stop.</summary>
    /// <param name="wait">When to ask again, of another node or this one restarted.</param>
    public static RequestRefusal ShuttingDown(TimeSpan wait) => new(
        ErrorMessages.ShuttingDown, ErrorCodes.ShuttingDown, StatusCodes.Status503ServiceUnavailable, RetryAfter: wait);

    public static RequestRefusal Unreadable(string message) => new(message, ErrorCodes.UnreadableRequest);
}
