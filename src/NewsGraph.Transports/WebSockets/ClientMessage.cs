using System.Text.Json;

namespace NewsGraph.Transports.WebSockets;

/// <summary>The message types a client may send, of both sub-protocols.</summary>
internal enum ClientMessageType
{
    Unknown,
    ConnectionInit,
    ConnectionTerminate,
    Ping,
    Pong,
    Subscribe,
    Complete,
    Start,
    Stop,
}

/// <summary>The envelope of a client's message, taken apart without touching the payload.</summary>
internal readonly struct ClientMessage
{
    private ClientMessage(ClientMessageType type, string? id, ReadOnlyMemory<byte> payload)
    {
        Type = type;
        Id = id;
        Payload = payload;
    }

    public ClientMessageType Type { get; }

    /// <summary>The operation's id; null when absent, empty or not a string.</summary>
    public string? Id { get; }

    /// <summary>The payload's JSON text; empty when absent. Shares the message's bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Takes a message apart.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="message">The result.</param>
    /// <returns>Null, or the close reason that says what is wrong.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> bytes, out ClientMessage message)
    {
        message = default;
        try
        {
            return Read(bytes, out message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what a string with half a surrogate pair gives.
            return CloseReason.NotAnObject;
        }
    }

    private static string? Read(ReadOnlyMemory<byte> bytes, out ClientMessage message)
    {
        message = default;
        var reader = new Utf8JsonReader(bytes.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return CloseReason.NotAnObject;
        }

        ClientMessageType? type = null;
        string? id = null;
        ReadOnlyMemory<byte> payload = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? TypeOf(ref reader) : null;
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else
            {
                var isPayload = reader.ValueTextEquals("payload"u8);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                payload = isPayload ? bytes[start..(int)reader.BytesConsumed] : payload;
                continue;
            }

            reader.Skip();
        }

        // Anything but white space behind the object throws here.
        reader.Read();
        if (type is not { } known)
        {
            return CloseReason.TypeMissing;
        }

        message = new ClientMessage(known, id is "" ? null : id, payload);
        return null;
    }

    private static ClientMessageType TypeOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("subscribe"u8) ? ClientMessageType.Subscribe
        : reader.ValueTextEquals("complete"u8) ? ClientMessageType.Complete
        : reader.ValueTextEquals("ping"u8) ? ClientMessageType.Ping
        : reader.ValueTextEquals("pong"u8) ? ClientMessageType.Pong
        : reader.ValueTextEquals("connection_init"u8) ? ClientMessageType.ConnectionInit
        : reader.ValueTextEquals("connection_terminate"u8) ? ClientMessageType.ConnectionTerminate
        : reader.ValueTextEquals("start"u8) ? ClientMessageType.Start
        : reader.ValueTextEquals("stop"u8) ? ClientMessageType.Stop
        : ClientMessageType.Unknown;
}
