using NewsGraph.Engine.Conventions;

namespace NewsGraph.Transports.Http;

/// <summary>Why a request never reached the engine.</summary>
/// <param name="Message">What the client reads.</param>
/// <param name="Code">The stable code, or null for none.</param>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Extensions">Further extensions, or null.</param>
internal sealed record RequestRefusal(
    string Message,
    string? Code,
    int StatusCode = 400,
    IReadOnlyDictionary<string, object?>? Extensions = null)
{
    public static readonly RequestRefusal Batch = new(ErrorMessages.InvalidRequest, ErrorCodes.InvalidRequest);

    public static readonly RequestRefusal TooLarge = new(ErrorMessages.RequestTooLarge, ErrorCodes.RequestTooLarge);

    public static RequestRefusal Unreadable(string message) => new(message, ErrorCodes.UnreadableRequest);
}
