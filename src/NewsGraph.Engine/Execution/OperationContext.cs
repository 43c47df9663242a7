using GraphQL;
using NewsGraph.Engine.Execution.Groups;

namespace NewsGraph.Engine.Execution;

/// <summary>What one operation carries through validation and execution: the user context of every resolver.</summary>
public sealed class OperationContext : Dictionary<string, object?>
{
    internal OperationContext(OperationRequest request, CachedDocument document, Inputs extensions)
        : base(StringComparer.Ordinal)
    {
        Request = request;
        Document = document;
        Extensions = extensions;
    }

    /// <summary>The request as the transport read it.</summary>
    public OperationRequest Request { get; }

    /// <summary>The operation's cost, once it has been computed.</summary>
    public Limits.OperationCost? Cost { get; internal set; }

    internal CachedDocument Document { get; }

    /// <summary>The request's extensions.</summary>
    internal Inputs Extensions { get; }

    /// <summary>What was opened and belongs to nobody yet.</summary>
    internal SharedStream? Opened { get; set; }
}

/// <summary>Reads the operation from a resolver.</summary>
public static class OperationContextExtensions
{
    /// <summary>The request a resolver works for, or null when the operation was not started by <see cref="OperationExecutor"/>.</summary>
    /// <param name="context">The resolver's context.</param>
    public static OperationRequest? GetOperationRequest(this IResolveFieldContext context) =>
        (context.UserContext as OperationContext)?.Request;
}
