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

    // Of as few bytes the two ends are all of a text.
    private const int BothEnds = 2 * sizeof(ulong);

    private readonly Place[] _places = new Place[Places];

    /// <summary>The text in UTF-8 bytes.</summary>
    public string Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var (first, last) = utf8.Length >= sizeof(ulong)
            ? (MemoryMarshal.Read<ulong>(utf8), MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..]))
            : (0, Ends(utf8));
        ref var place = ref _places[PlaceOf(first, last, utf8.Length)];
        if (place.First == first && place.Last == last && place.Length == utf8.Length && (utf8.Length <= BothEnds || IsSame(utf8, place.Text!)))
        {
            return place.Text!;
        }

        var text = Encoding.UTF8.GetString(utf8);
        place = new Place(text, first, last, utf8.Length);
        return text;
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

    // Two that meet take turns.
    private static int PlaceOf(ulong first, ulong last, int length)
    {
        var mixed = ((first * 0x9E3779B97F4A7C15) ^ last ^ (ulong)length) * 0xD6E8FEB86659FD93;
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

    // The ends beside the text: most texts are told apart, or known, without a look at it.
    private readonly record struct Place(string? Text, ulong First, ulong Last, int Length);
}
