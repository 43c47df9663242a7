using GraphQL;

namespace NewsGraph.Engine.Execution;

/// <summary>Decides what a client reads of an error. Safe for concurrent use.</summary>
public interface IErrorFormatter
{
    /// <summary>Turns an error of the engine into what goes on the wire; locations and path are added by the writer.</summary>
    /// <param name="error">The error.</param>
    FormattedError Format(ExecutionError error);
}

/// <summary>An error as a client reads it.</summary>
/// <param name="Message">The text.</param>
/// <param name="Code">The stable code under <c>extensions.code</c>, or null for none.</param>
/// <param name="Extensions">Further extensions, or null.</param>
/// <param name="StatusCode">The HTTP status this error asks for, or null for the transport's own rule.</param>
public sealed record FormattedError(
    string Message,
    string? Code = null,
    IReadOnlyDictionary<string, object?>? Extensions = null,
    int? StatusCode = null);
