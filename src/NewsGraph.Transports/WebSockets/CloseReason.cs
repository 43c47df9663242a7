using System.Globalization;

namespace NewsGraph.Transports.WebSockets;

/// <summary>The texts sent beside a <see cref="CloseCode"/>. Existing clients show them, some match on them.</summary>
internal static class CloseReason
{
    public const string Restart = "Reconnect in N ms";
    public const string Terminated = "The client terminated the connection.";
    public const string NoSubProtocol = "No supported sub-protocol was offered.";
    public const string Binary = "Binary messages are not supported.";
    public const string TooBig = "The message is too big.";
    public const string TryAgain = "Too many initializations. Reconnect in N ms";
    public const string AddressFull = "Too many connections. Reconnect in N ms";
    public const string TooSlow = "The client reads too slowly.";
    public const string PongTimeout = "No answer to a ping.";
    public const string Idle = "Nothing was asked for a long time.";
    public const string UnexpectedError = "Unexpected Error";
    public const string NotAnObject = "The message must be a json object.";
    public const string TypeMissing = "The type property on the message is mandatory.";
    public const string InvalidType = "Invalid message type.";
    public const string InvalidSubscribe = "Invalid subscribe message structure.";
    public const string Unauthorized = "Unauthorized";
    public const string Refused = "Connection refused.";
    public const string InitTimeout = "Connection initialization timeout.";
    public const string DuplicateId = "The subscription id is not unique.";
    public const string TooManyInits = "Too many initialization requests.";

    /// <summary>How long a client waits whose address has as many connections as it may.</summary>
    public static string TooManyConnections(TimeSpan wait) => WithWait(AddressFull, wait);

    /// <summary>How long a client waits whose server goes away.</summary>
    public static string ReconnectIn(TimeSpan wait) => WithWait(Restart, wait);

    /// <summary>How long a client waits that was told to try again.</summary>
    public static string TryAgainIn(TimeSpan wait) => WithWait(TryAgain, wait);

    // Clients look for "Reconnect in N ms" whatever the code is.
    private static string WithWait(string reason, TimeSpan wait) =>
        reason.Replace("N ms", string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMilliseconds)} ms"), StringComparison.Ordinal);
}
