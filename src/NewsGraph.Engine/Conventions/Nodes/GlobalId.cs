using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace NewsGraph.Engine.Conventions.Nodes;

/// <summary>
/// An id that is unique over the whole schema: Base64 of <c>TypeName:value</c>. Both this form and the older
/// <c>TypeName LF kind value</c> are read; only the first is written.
/// </summary>
/// <param name="TypeName">The GraphQL type.</param>
/// <param name="Value">The value as text; a GUID that is not also readable text appears as 32 hexadecimal digits.</param>
public readonly record struct GlobalId(string TypeName, string Value)
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1024;

    private const int GuidSize = 16;

    /// <summary>Writes the id of a value numbered by the database.</summary>
    /// <param name="typeName">The GraphQL type.</param>
    /// <param name="value">The number.</param>
    public static string Format(string typeName, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var written);
        return Encode(typeName, digits[..written]);
    }

    /// <summary>Writes the id of a value named by a GUID: its 16 bytes, in the order .NET keeps them.</summary>
    /// <param name="typeName">The GraphQL type.</param>
    /// <param name="value">The GUID.</param>
    public static string Format(string typeName, Guid value)
    {
        Span<byte> bytes = stackalloc byte[GuidSize];
        value.TryWriteBytes(bytes);
        return Encode(typeName, bytes);
    }

    /// <summary>Writes the id of a value named by text.</summary>
    /// <param name="typeName">The GraphQL type.</param>
    /// <param name="value">The text.</param>
    public static string Format(string typeName, string value) => Encode(typeName, Encoding.UTF8.GetBytes(value));

    /// <summary>Reads an id in either form; missing or wrong padding is repaired.</summary>
    /// <param name="text">The text, at most <see cref="MaxLength"/> characters.</param>
    /// <param name="id">The id, when the text is one.</param>
    public static bool TryParse(string? text, out GlobalId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[MaxLength];
        return TryDecode(text, buffer, out var length) && TrySplit(buffer[..length], out id);
    }

    /// <summary>The value as a number, when it is one.</summary>
    /// <param name="value">The number.</param>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return Value is { Length: > 0 }
            && (char.IsAsciiDigit(Value[0]) || Value[0] == '-')
            && long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The value as a GUID, when it is one: 16 bytes or 32 hexadecimal digits.</summary>
    /// <param name="value">The GUID.</param>
    public bool TryGetGuid(out Guid value)
    {
        if (Guid.TryParseExact(Value, "N", out value))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[GuidSize];
        if (Value is not null && Encoding.UTF8.TryGetBytes(Value, bytes, out var written) && written == GuidSize)
        {
            value = new Guid(bytes);
            return true;
        }

        value = Guid.Empty;
        return false;
    }

    /// <summary>The id as it is written on the wire.</summary>
    public override string ToString() => Format(TypeName, Value);

    private static string Encode(string typeName, ReadOnlySpan<byte> value)
    {
        var nameLength = Encoding.UTF8.GetByteCount(typeName);
        var total = nameLength + 1 + value.Length;
        Span<byte> bytes = total <= 256 ? stackalloc byte[total] : new byte[total];
        Encoding.UTF8.GetBytes(typeName, bytes);
        bytes[nameLength] = (byte)':';
        value.CopyTo(bytes[(nameLength + 1)..]);
        return Convert.ToBase64String(bytes);
    }

    private static bool TryDecode(string text, Span<byte> bytes, out int length)
    {
        length = 0;
        var bare = text.AsSpan().TrimEnd('=');
        if (bare.IsEmpty || bare.Length % 4 == 1)
        {
            return false;
        }

        Span<char> padded = stackalloc char[MaxLength + 3];
        bare.CopyTo(padded);
        var size = (bare.Length + 3) / 4 * 4;
        padded[bare.Length..size].Fill('=');
        return Convert.TryFromBase64Chars(padded[..size], bytes, out length);
    }

    private static bool TrySplit(ReadOnlySpan<byte> bytes, out GlobalId id)
    {
        id = default;
        var separator = bytes.IndexOfAny((byte)':', (byte)'\n');
        if (separator <= 0)
        {
            return false;
        }

        var value = bytes[(separator + 1)..];
        if (bytes[separator] == '\n' && !value.IsEmpty)
        {
            // The older form puts one letter for the kind before the value.
            value = value[1..];
        }

        if (value.IsEmpty || !TryGetText(bytes[..separator], out var typeName))
        {
            return false;
        }

        if (!TryGetText(value, out var text))
        {
            if (value.Length != GuidSize)
            {
                return false;
            }

            text = new Guid(value).ToString("N");
        }

        id = new GlobalId(typeName, text);
        return true;
    }

    private static bool TryGetText(ReadOnlySpan<byte> bytes, out string text)
    {
        text = string.Empty;
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
