using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution;

/// <summary>A refusal by one of the engine's own rules: its text, code and details go to the client as they are.</summary>
public sealed class RefusedError : ValidationError
{
    /// <summary>Creates a refusal that points nowhere.</summary>
    /// <param name="message">What the client reads.</param>
    /// <param name="code">The stable code, or null for none.</param>
    /// <param name="details">Further extensions, or null.</param>
    /// <param name="statusCode">The HTTP status it asks for, or null for the transport's own rule.</param>
    public RefusedError(string message, string? code, IReadOnlyDictionary<string, object?>? details = null, int? statusCode = null)
        : base(message)
    {
        Code = code;
        Details = details;
        StatusCode = statusCode;
    }

    /// <summary>Creates a refusal that points at a place in the document.</summary>
    /// <param name="message">What the client reads.</param>
    /// <param name="code">The stable code, or null for none.</param>
    /// <param name="document">The document.</param>
    /// <param name="node">The place in it.</param>
    /// <param name="details">Further extensions, or null.</param>
    public RefusedError(string message, string? code, GraphQLDocument document, ASTNode node, IReadOnlyDictionary<string, object?>? details = null)
        : this(message, code, details) => AddLocation(Location.FromLinearPosition(document.Source, node.Location.Start));

    /// <summary>Further extensions, or null.</summary>
    public IReadOnlyDictionary<string, object?>? Details { get; }

    /// <summary>The HTTP status it asks for, or null for the transport's own rule.</summary>
    public int? StatusCode { get; }
}
