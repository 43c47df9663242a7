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
    public static readonly RequestRefusal Batch = new("Invalid GraphQL Request.", "HC0009");

    public static readonly RequestRefusal TooLarge = new("Max GraphQL request size reached.", "HC0010");

    public static RequestRefusal Unreadable(string message) => new(message, "HC0012");
}
