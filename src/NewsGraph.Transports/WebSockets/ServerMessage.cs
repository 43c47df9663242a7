using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Builds the server's messages as UTF-8 JSON.</summary>
internal static class ServerMessage
{
    // The messages are never put into HTML, and ids with non-ASCII characters stay readable and short.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> ConnectionAck { get; } = """{"type":"connection_ack"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> ConnectionAckHead { get; } = """{"type":"connection_ack","payload":"""u8.ToArray();

    public static ReadOnlyMemory<byte> Ping { get; } = """{"type":"ping"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Pong { get; } = """{"type":"pong"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> LegacyKeepAlive { get; } = """{"type":"ka"}"""u8.ToArray();

    /// <summary>A whole message about an operation, without a payload.</summary>
    public static ReadOnlyMemory<byte> OfOperation(string type, string id)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString("id"u8, id);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>A message about an operation up to its payload.</summary>
    public static ReadOnlyMemory<byte> Head(string type, string id)
    {
        var whole = OfOperation(type, id);
        ReadOnlySpan<byte> payload = ",\"payload\":"u8;
        var head = new byte[whole.Length - 1 + payload.Length];
        whole.Span[..^1].CopyTo(head);
        payload.CopyTo(head.AsSpan(whole.Length - 1));
        return head;
    }

    /// <summary>The legacy refusal of a connection.</summary>
    public static ReadOnlyMemory<byte> LegacyConnectionError(string message)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "connection_error"u8);
        writer.WriteStartObject("payload"u8);
        writer.WriteString("message"u8, message);
        writer.WriteNull("extensions"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The first element of a JSON array, as a slice of it.</summary>
    public static ReadOnlyMemory<byte> FirstElement(ReadOnlyMemory<byte> array)
    {
        var reader = new Utf8JsonReader(array.Span);
        reader.Read();
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return array[start..(int)reader.BytesConsumed];
    }
}
