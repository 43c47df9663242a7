using GraphQL;

namespace NewsGraph.Engine.Conventions.Errors;

/// <summary>
/// What the caller did wrong, told to the caller. Thrown by a resolver it becomes that field's error; thrown by a
/// rule or listener it refuses the request. Everything else that is thrown is masked.
/// </summary>
public sealed class RequestError : ExecutionError
{
    /// <summary>Describes the error.</summary>
    /// <param name="message">What the client reads.</param>
    /// <param name="code">One of <see cref="ErrorCodes"/>, or null for none.</param>
    /// <param name="extensions">Further extensions beside the code, or null.</param>
    /// <param name="statusCode">The HTTP status to answer with, or null for the transport's own rule.</param>
    public RequestError(
        string message,
        string? code = null,
        IReadOnlyDictionary<string, object?>? extensions = null,
        int? statusCode = null)
        : base(message)
    {
        Code = code;
        StatusCode = statusCode;
        if (extensions is { Count: > 0 })
        {
            Extensions = new Dictionary<string, object?>(extensions);
        }
    }

    /// <summary>The HTTP status to answer with, or null for the transport's own rule.</summary>
    public int? StatusCode { get; }
}
