namespace NewsGraph.Engine.Execution;

/// <summary>Runs GraphQL operations. The one door between transports and the engine; safe for concurrent use.</summary>
public interface IOperationExecutor
{
    /// <summary>
    /// Parses (or finds), validates and runs one operation. Never throws for what the request did wrong or what a
    /// resolver threw: that is in the result. Throws only <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the work when the caller has gone.</param>
    ValueTask<OperationResult> ExecuteAsync(OperationRequest request, CancellationToken cancellationToken);

    /// <summary>Finds a document by the bytes of its text; null when it is not known (yet), and the text has to be sent.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    KnownDocument? FindDocument(ReadOnlySpan<byte> utf8) => null;

    /// <summary>
    /// A finished result for a request that never reached the engine (unreadable JSON, an unknown id …).
    /// </summary>
    /// <param name="message">What the client reads.</param>
    /// <param name="code">The stable code under <c>extensions.code</c>, or null for none.</param>
    /// <param name="extensions">Further extensions, or null.</param>
    /// <param name="statusCode">The HTTP status, or null for the transport's own rule.</param>
    OperationResult Refuse(string message, string? code, IReadOnlyDictionary<string, object?>? extensions = null, int? statusCode = null);
}
