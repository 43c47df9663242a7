using System.Buffers.Text;
using System.Text.Json;

namespace NewsGraph.PubSub.Redis;

/// <summary>What a payload from Redis turned out to be.</summary>
internal enum TopicMessageKind
{
    /// <summary>A message for the subscribers.</summary>
    Message,

    /// <summary>No bytes at all: ignored.</summary>
    Empty,

    /// <summary>Another publisher ended its topic (<c>kind</c> 1). Our topics do not end, so it is ignored.</summary>
    Completed,

    /// <summary>Not a message of this shape: ignored and logged.</summary>
    Unreadable,
}

/// <summary>
/// The envelope on the Redis channel: <c>{"body":…,"kind":0}</c>. A JSON object or array is the body as it is; any other
/// bytes become a Base64 string and the envelope says so: <c>{"body":"AAE=","kind":0,"base64":true}</c>, which is also
/// how a .NET reader of this envelope expects a byte array. Reading is tolerant: member names in any case and order,
/// <c>kind</c> absent means 0, unknown members are skipped.
/// </summary>
internal static class TopicMessage
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 128 };
    private static readonly JsonReaderOptions BodyOptions = new() { MaxDepth = 64 };

    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        if (IsObjectOrArray(message))
        {
            return [.. "{\"body\":"u8, .. message, .. ",\"kind\":0}"u8];
        }

        var start = "{\"body\":\""u8;
        var end = "\",\"kind\":0,\"base64\":true}"u8;
        var bytes = new byte[start.Length + Base64.GetMaxEncodedToUtf8Length(message.Length) + end.Length];
        start.CopyTo(bytes);
        Base64.EncodeToUtf8(message, bytes.AsSpan(start.Length), out _, out var written);
        end.CopyTo(bytes.AsSpan(start.Length + written));
        return bytes;
    }

    public static TopicMessageKind Read(ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (payload.IsEmpty)
        {
            return TopicMessageKind.Empty;
        }

        try
        {
            return ReadEnvelope(payload, out message);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return TopicMessageKind.Unreadable;
        }
    }

    private static TopicMessageKind ReadEnvelope(ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> message)
    {
        message = default;
        var reader = new Utf8JsonReader(payload.Span, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return TopicMessageKind.Unreadable;
        }

        var body = default(ReadOnlyMemory<byte>);
        byte[]? binary = null;
        var kind = 0;
        var base64 = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (Is(name, "body"))
            {
                binary = reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var decoded) ? decoded : null;
                body = reader.TokenType == JsonTokenType.Null ? default : Slice(payload, ref reader);
            }
            else if (Is(name, "kind"))
            {
                kind = reader.GetInt32();
            }
            else if (Is(name, "base64"))
            {
                base64 = reader.GetBoolean();
            }
            else
            {
                reader.Skip();
            }
        }

        // Reading on refuses anything behind the envelope.
        reader.Read();
        message = base64 ? binary : body;
        var hasBody = base64 ? binary is not null : !body.IsEmpty;
        return kind switch
        {
            0 when hasBody => TopicMessageKind.Message,
            1 => TopicMessageKind.Completed,
            _ => TopicMessageKind.Unreadable,
        };
    }

    private static bool Is(string? name, string member) => string.Equals(name, member, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> payload, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return payload[start..(int)reader.BytesConsumed];
    }

    private static bool IsObjectOrArray(ReadOnlySpan<byte> bytes)
    {
        // White space around the value would not survive the envelope, so only a value that fills the bytes qualifies.
        if (bytes.Length < 2 || bytes[0] is not ((byte)'{' or (byte)'[') || bytes[^1] is not ((byte)'}' or (byte)']'))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes, BodyOptions);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
