using Microsoft.Extensions.Options;

namespace NewsGraph.Transports.Connections;

/// <summary>
/// Whether this node is about to go away. First it is announced, which changes nothing but what the readiness check says;
/// then it begins: nothing new is let in, and streams end.
/// </summary>
public sealed class Draining : IDisposable
{
    private readonly CancellationTokenSource _begun = new();
    private readonly ShutdownOptions _options;
    private volatile bool _announced;

    /// <summary>Creates it.</summary>
    /// <param name="options">The window in which clients come back.</param>
    public Draining(IOptions<ShutdownOptions> options) => _options = options.Value;

    /// <summary>Whether the node has been told to stop.</summary>
    public bool IsAnnounced => _announced;

    /// <summary>Whether nothing new is let in any more.</summary>
    public bool HasBegun => _begun.IsCancellationRequested;

    /// <summary>Set when nothing new is let in any more.</summary>
    internal CancellationToken Begun => _begun.Token;

    /// <inheritdoc/>
    public void Dispose() => _begun.Dispose();

    /// <summary>When one client is to come back: each is told another time.</summary>
    internal TimeSpan NextReconnect() => Jitter.Between(TimeSpan.Zero, _options.ReconnectWindow);

    internal void Announce() => _announced = true;

    internal Task BeginAsync() => _begun.CancelAsync();
}
