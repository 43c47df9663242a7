using NewsGraph.Engine.Execution.Json;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// The answer to one <see cref="OperationRequest"/>: either one finished result or a subscription to many.
/// Results are ready UTF-8 JSON, so a transport only frames bytes and equal subscribers can share them.
/// </summary>
/// <remarks>
/// Whoever is the only one to read a result disposes of it afterwards, so that its memory serves the next one. A result
/// that is shared, or kept, is left to the garbage collector.
/// </remarks>
public sealed class OperationResult : IDisposable
{
    private readonly JsonBuffer? _buffer;

    /// <summary>Creates a result whose bytes are its own.</summary>
    public OperationResult()
    {
    }

    internal OperationResult(JsonBuffer buffer) => _buffer = buffer;

    /// <summary>
    /// The result object (<c>{"errors":…,"data":…,"extensions":…}</c>). Empty when <see cref="Subscription"/> is set.
    /// </summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Whether execution began, that is, whether <c>data</c> is present (be it null).</summary>
    public bool Executed { get; init; }

    /// <summary>The JSON array of <c>errors</c> alone, empty when there are none. WebSocket <c>error</c> messages carry just this.</summary>
    public ReadOnlyMemory<byte> ErrorsJson { get; init; }

    /// <summary>The HTTP status the engine asks for (405 for a forbidden kind, 401 …), or null for the transport's own rule.</summary>
    public int? StatusCode { get; init; }

    /// <summary>For a result that is kept for equal requests: where it is kept. Null otherwise.</summary>
    public Caching.CachedResponse? Cached { get; init; }

    /// <summary>For a subscription that started: run it with a reader, and dispose of it in any case.</summary>
    public ISubscription? Subscription { get; init; }

    /// <summary>Gives back the memory of <see cref="Json"/>, which must not be read any more.</summary>
    public void Dispose() => _buffer?.Dispose();
}
