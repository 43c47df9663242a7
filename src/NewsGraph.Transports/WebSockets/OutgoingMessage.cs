namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// One message on its way to a client: bytes of its own, and optionally a shared body that follows them and is closed
/// with a brace. So a thousand subscribers send the same event without a copy per subscriber being kept.
/// </summary>
internal readonly struct OutgoingMessage
{
    /// <summary>A message that is complete in itself.</summary>
    /// <param name="bytes">The whole message.</param>
    /// <param name="operation">Whose it is: it is dropped if that operation has been stopped meanwhile.</param>
    public OutgoingMessage(ReadOnlyMemory<byte> bytes, SocketOperation? operation = null)
    {
        Head = bytes;
        Operation = operation;
    }

    /// <summary>A message whose payload is <paramref name="body"/>.</summary>
    /// <param name="head">Everything up to the payload.</param>
    /// <param name="body">The payload.</param>
    /// <param name="operation">Whose it is.</param>
    public OutgoingMessage(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, SocketOperation? operation)
    {
        Head = head;
        Body = body;
        HasBody = true;
        Operation = operation;
    }

    public ReadOnlyMemory<byte> Head { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public bool HasBody { get; }

    public SocketOperation? Operation { get; }

    /// <summary>The size on the wire, in bytes, without the frame's header.</summary>
    public int Length => Head.Length + (HasBody ? Body.Length + 1 : 0);

    /// <summary>Writes the message to <paramref name="target"/>, which holds at least <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        Head.Span.CopyTo(target);
        if (HasBody)
        {
            Body.Span.CopyTo(target[Head.Length..]);
            target[Head.Length + Body.Length] = (byte)'}';
        }
    }
}
