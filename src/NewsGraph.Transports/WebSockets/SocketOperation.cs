using System.Diagnostics.CodeAnalysis;

namespace NewsGraph.Transports.WebSockets;

/// <summary>One operation of a connection, from the message that asks for it to its end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and hands out no wait handle, and a stop may come after the end.")]
internal sealed class SocketOperation
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _stopped;

    public SocketOperation(string id, ReadOnlyMemory<byte> nextHead)
    {
        Id = id;
        NextHead = nextHead;
    }

    public string Id { get; }

    /// <summary>What precedes every result of this operation on the wire; built once.</summary>
    public ReadOnlyMemory<byte> NextHead { get; }

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Whether the client wants nothing more of it, so that what still waits must not be sent.</summary>
    public bool IsStopped => _stopped;

    public void Stop()
    {
        _stopped = true;

        // On the pool: whoever stops is the reader of the socket, and must not run the operation's clean-up.
        _ = _stopping.CancelAsync();
    }
}
