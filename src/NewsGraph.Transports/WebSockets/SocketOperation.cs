using System.Diagnostics.CodeAnalysis;

namespace NewsGraph.Transports.WebSockets;

/// <summary>One operation of a connection, from the message that asks for it to its end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and hands out no wait handle, and a stop may come after the end.")]
internal sealed class SocketOperation
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _stopped;
    private volatile bool _unwanted;

    public SocketOperation(string id, ReadOnlyMemory<byte> nextHead)
    {
        Id = id;
        NextHead = nextHead;
    }

    public string Id { get; }

    /// <summary>What precedes every result of this operation on the wire; built once.</summary>
    public ReadOnlyMemory<byte> NextHead { get; }

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Whether it is a subscription that stands, and no answer that the client waits for. Kept by the <see cref="OperationSet"/>.</summary>
    public bool IsStream { get; set; }

    /// <summary>Whether nothing more of it is taken.</summary>
    public bool IsStopped => _stopped;

    /// <summary>Whether the client itself has stopped it, so that what still waits must not be sent either.</summary>
    public bool IsUnwanted => _unwanted;

    /// <summary>Stops it for the client.</summary>
    public void Complete()
    {
        _unwanted = true;
        Stop();
    }

    /// <summary>Stops it; what waits already is still sent.</summary>
    public void Stop()
    {
        _stopped = true;

        // On the pool: whoever stops is the reader of the socket, and must not run the operation's clean-up.
        _ = _stopping.CancelAsync();
    }
}
