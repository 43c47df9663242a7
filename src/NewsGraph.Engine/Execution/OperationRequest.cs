using System.Security.Claims;
using System.Text.Json;

namespace NewsGraph.Engine.Execution;

/// <summary>The kinds of operation a transport lets a caller run.</summary>
[Flags]
public enum OperationKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Query operations.</summary>
    Query = 1,

    /// <summary>Mutation operations.</summary>
    Mutation = 2,

    /// <summary>Subscription operations.</summary>
    Subscription = 4,

    /// <summary>All three.</summary>
    All = Query | Mutation | Subscription,
}

/// <summary>One GraphQL request as a transport read it from the wire; nothing in it has been checked against the schema.</summary>
public sealed record OperationRequest
{
    /// <summary>The document's text, or null when the request names a stored document.</summary>
    public string? Query { get; init; }

    /// <summary>The document itself, where <see cref="IOperationExecutor.FindDocument"/> has found it; instead of <see cref="Query"/>.</summary>
    public KnownDocument? Document { get; init; }

    /// <summary>The id of a stored document (<c>id</c> or <c>documentId</c> on the wire).</summary>
    public string? DocumentId { get; init; }

    /// <summary>Which operation of the document to run; null when it has only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>The variables as a JSON object; <see cref="JsonValueKind.Undefined"/> when absent.</summary>
    public JsonElement Variables { get; init; }

    /// <summary>The request's <c>extensions</c> as a JSON object; <see cref="JsonValueKind.Undefined"/> when absent.</summary>
    public JsonElement Extensions { get; init; }

    /// <summary>What the transport permits. Another kind is answered with status 405. Default: all.</summary>
    public OperationKinds Allowed { get; init; } = OperationKinds.All;

    /// <summary>Whether the answer reports the operation's cost (header <c>GraphQL-Cost: report</c>).</summary>
    public bool ReportCost { get; init; }

    /// <summary>The caller.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>The caller's address, for limits and spam rules; never shown to readers.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>
    /// The request's own bytes, when anybody who sends the same is to get the same: the result of a query may then be
    /// shared. Empty when the request has a caller, or anything beside these bytes that the result depends on.
    /// </summary>
    public ReadOnlyMemory<byte> SharedKey { get; init; }

    /// <summary>Where a feed resumes (SSE's <c>Last-Event-ID</c>); null to start now.</summary>
    public string? ResumeAfter { get; init; }
}
