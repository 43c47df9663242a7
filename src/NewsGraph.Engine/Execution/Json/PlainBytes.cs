using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>Finds out how much of a text in UTF-8 stands in JSON as it is.</summary>
internal static class PlainBytes
{
    private const byte FirstPrintable = 0x20;
    private const byte Delete = 0x7F;

    /// <summary>How many bytes come before the first that is escaped, which is a control character, a quote or a backslash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isAscii">False when there may be more than ASCII among them, of which the encoder alone knows what it escapes.</param>
    /// <remarks>
    /// Compiled at full speed when it is first called: the library's own searches are not compiled ahead for the vectors of a modern
    /// processor, so the first thousands of answers of a process would spend a seventh of their time in them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountOf(ReadOnlySpan<byte> text, out bool isAscii)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var all = Vector128<byte>.Zero;
        var at = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
            {
                var bytes = Vector128.LoadUnsafe(ref start, (nuint)at);
                var escaped = (Vector128.LessThan(bytes, Vector128.Create(FirstPrintable))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                    | Vector128.Equals(bytes, Vector128.Create(Delete))).ExtractMostSignificantBits();
                all |= bytes;
                if (escaped != 0)
                {
                    isAscii = all.ExtractMostSignificantBits() == 0;
                    return at + BitOperations.TrailingZeroCount(escaped);
                }
            }
        }

        isAscii = all.ExtractMostSignificantBits() == 0;
        for (; at < text.Length; at++)
        {
            var value = text[at];
            if (value is < FirstPrintable or (byte)'"' or (byte)'\\' or Delete)
            {
                break;
            }

            isAscii &= value < Delete;
        }

        return at;
    }
}
