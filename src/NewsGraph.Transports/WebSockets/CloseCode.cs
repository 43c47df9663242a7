namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// Every code a WebSocket of this server is closed with. 1012, 1013 and 4200 to 4299 mean: come back, and resume. 4408
/// means: come back and introduce yourself. All others mean: stop, the same again would end the same way.
/// The table in <c>schema/TRANSPORT.md</c> lists the same codes.
/// </summary>
public enum CloseCode
{
    /// <summary>No close was asked for.</summary>
    None = 0,

    /// <summary>The conversation is over: the client closed, terminated, asked nothing for long, or (legacy) was refused.</summary>
    Normal = 1000,

    /// <summary>
    /// No sub-protocol of this server was offered, the framing broke the WebSocket standard, or (legacy) the connection
    /// was initialized twice or too late, or a message was not understood.
    /// </summary>
    ProtocolError = 1002,

    /// <summary>A binary message arrived; both sub-protocols are text.</summary>
    UnsupportedData = 1003,

    /// <summary>A text message was not valid UTF-8. The WebSocket standard prescribes this code.</summary>
    InvalidText = 1007,

    /// <summary>A message was larger than <see cref="GraphQLWebSocketOptions.MaxMessageSize"/>.</summary>
    MessageTooBig = 1009,

    /// <summary>The server failed, or (legacy) an operation id was used twice.</summary>
    ServerError = 1011,

    /// <summary>
    /// The server stops or restarts. What it had accepted for the client is sent and its answers are given; come back after
    /// the time that the reason names, to whichever node answers then.
    /// </summary>
    ServiceRestart = 1012,

    /// <summary>
    /// This address has as many connections as it may (<see cref="Connections.ConnectionLimitsOptions.MaxPerAddress"/>), or its
    /// clients initialize too often (<see cref="Connections.ConnectionLimitsOptions.MaxInitsPerMinute"/>). Come back after the
    /// time that the reason names.
    /// </summary>
    TryAgainLater = 1013,

    /// <summary>
    /// The client reads slower than its events arrive and its queue is full
    /// (<see cref="GraphQLWebSocketOptions.MaxQueuedMessages"/>, <see cref="GraphQLWebSocketOptions.MaxQueuedBytes"/>).
    /// Come back, and resume from the last position seen.
    /// </summary>
    TooSlow = 4290,

    /// <summary>
    /// A ping was not answered within <see cref="GraphQLWebSocketOptions.PongTimeout"/>. A client that is still there
    /// (it was suspended, for instance) comes back and resumes.
    /// </summary>
    PongTimeout = 4291,

    /// <summary>A message was not a JSON object, had no or an unknown type, or was built wrongly.</summary>
    InvalidMessage = 4400,

    /// <summary>An operation was sent before the acknowledgement, or the connection was refused.</summary>
    Unauthorized = 4401,

    /// <summary>No <c>connection_init</c> arrived within <see cref="GraphQLWebSocketOptions.InitTimeout"/>.</summary>
    InitTimeout = 4408,

    /// <summary>The operation id is in use on this connection.</summary>
    DuplicateId = 4409,

    /// <summary>More than one <c>connection_init</c> arrived.</summary>
    TooManyInits = 4429,
}
