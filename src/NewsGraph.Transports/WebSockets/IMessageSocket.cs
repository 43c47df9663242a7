namespace NewsGraph.Transports.WebSockets;

/// <summary>What was received.</summary>
internal enum ReceivedKind
{
    Text,
    Binary,
    TooBig,
    Close,
}

/// <summary>One received message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">The text's bytes, valid until the next receive.</param>
internal readonly record struct ReceivedMessage(ReceivedKind Kind, ReadOnlyMemory<byte> Bytes = default);

/// <summary>
/// Whole messages over a socket. One caller at a time may receive and one may send. Each call may throw when the
/// connection is gone.
/// </summary>
internal interface IMessageSocket
{
    /// <summary>Waits for the next message, holding no buffer while there is none.</summary>
    ValueTask<ReceivedMessage> ReceiveAsync();

    /// <summary>Skips whatever comes until the client's close frame.</summary>
    ValueTask SkipToCloseAsync();

    /// <summary>Sends a message, at the latest with the next <see cref="FlushAsync"/>.</summary>
    ValueTask SendAsync(OutgoingMessage message);

    /// <summary>Puts on the wire what was sent.</summary>
    ValueTask FlushAsync();

    /// <summary>Sends the close frame; nothing may be sent after it.</summary>
    ValueTask CloseAsync(CloseCode code, string reason);

    /// <summary>Waits, after the socket itself has failed, until the client hangs up. Never throws.</summary>
    ValueTask LingerAsync();

    /// <summary>Cuts the connection without a word, which fails whatever is under way. At any time, from any thread.</summary>
    void Abort();
}
