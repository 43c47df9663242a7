using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>Finds out how much of a text in UTF-8 stands in JSON as it is.</summary>
internal static class PlainBytes
{
    /// <summary>How many bytes come before the first that is not written as it is.</summary>
    /// <param name="text">The text.</param>
    /// <remarks>
    /// Compiled at full speed when it is first called: the library's own searches are not compiled ahead for the vectors of a modern
    /// processor, so the first thousands of answers of a process would spend a seventh of their time in them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountOf(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var at = 0;
        while (Vector128.IsHardwareAccelerated && at <= text.Length - Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)at);
            var escaped = (Vector128.LessThan(bytes, Vector128.Create(PlainCharacters.FirstPrintable))
                | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.Equals(bytes, Vector128.Create(PlainCharacters.Delete))).ExtractMostSignificantBits();
            var end = escaped == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(escaped);

            // A bit for each byte before the end that is not ASCII.
            var others = bytes.ExtractMostSignificantBits() & ((1U << end) - 1);
            var next = end;
            while (others != 0)
            {
                var place = BitOperations.TrailingZeroCount(others);
                var length = LengthOf(text[(at + place)..]);
                if (length == 0)
                {
                    return at + place;
                }

                next = Math.Max(next, place + length);
                others &= uint.MaxValue << (place + length);
            }

            at += next;
            if (escaped != 0)
            {
                return at;
            }
        }

        while (at < text.Length)
        {
            var length = text[at] >= PlainCharacters.AsciiCount ? LengthOf(text[at..]) : PlainCharacters.HasAscii(text[at]) ? 1 : 0;
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    // Of the character that begins there: 0 where it is not written as it is, or is none.
    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        const int Follows = 0x80;
        int lead = text[0];
        if (text.Length > 1 && lead is >= 0xC2 and < 0xE0 && (text[1] & 0xC0) == Follows)
        {
            return PlainCharacters.HasOther(((lead & 0x1F) << 6) | (text[1] & 0x3F)) ? 2 : 0;
        }

        if (text.Length > 2 && lead is >= 0xE0 and < 0xF0 && (text[1] & 0xC0) == Follows && (text[2] & 0xC0) == Follows)
        {
            var code = ((lead & 0xF) << 12) | ((text[1] & 0x3F) << 6) | (text[2] & 0x3F);
            return code >= 0x800 && PlainCharacters.HasOther(code) ? 3 : 0;
        }

        return 0;
    }
}
