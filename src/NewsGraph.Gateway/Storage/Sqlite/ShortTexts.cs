using System.Runtime.InteropServices;
using System.Text;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// Short texts that a connection has read lately, such as names and slugs of tags, which are the same row after row: the
/// same text is the same object, and is not decoded again. Compared by their content. For one caller at a time.
/// </summary>
internal sealed class ShortTexts
{
    /// <summary>How many are remembered.</summary>
    public const int Places = 4096;

    private const int MaxBytes = 48;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The text in UTF-8 bytes.</summary>
    public string Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var place = ref _texts[PlaceOf(utf8)];
        if (place is { } known && IsSame(utf8, known))
        {
            return known;
        }

        return place = Encoding.UTF8.GetString(utf8);
    }

    private static bool IsSame(ReadOnlySpan<byte> utf8, string known)
    {
        // As many characters as bytes: in ASCII alone.
        if (known.Length == utf8.Length)
        {
            return Ascii.Equals(utf8, known);
        }

        Span<byte> bytes = stackalloc byte[MaxBytes];
        return Encoding.UTF8.TryGetBytes(known, bytes, out var length) && utf8.SequenceEqual(bytes[..length]);
    }

    // Its ends and its length; two that meet take turns.
    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        var (first, last) = text.Length >= sizeof(ulong)
            ? (MemoryMarshal.Read<ulong>(text), MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..]))
            : (text[0], Ends(text));
        var mixed = ((first * 0x9E3779B97F4A7C15) ^ last ^ (ulong)text.Length) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> 52);
    }

    private static ulong Ends(ReadOnlySpan<byte> text)
    {
        var ends = 0UL;
        foreach (var part in text)
        {
            ends = (ends << 8) | part;
        }

        return ends;
    }
}
