namespace NewsGraph.Gateway.Drill;

/// <summary>
/// A subscription over one connection. One reads it. A read that is cancelled tears the connection; nothing else may do so
/// while one is under way, or what is still on the wire could be lost between two readers.
/// </summary>
internal interface IEventConnection : IAsyncDisposable
{
    /// <summary>The next event; null when the server ended the subscription.</summary>
    ValueTask<ReceivedEvent?> ReadAsync(CancellationToken cancellationToken);
}
