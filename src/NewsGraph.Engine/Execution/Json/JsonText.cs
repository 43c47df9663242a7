using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>Writes texts as JSON strings, exactly as <see cref="System.Text.Json.Utf8JsonWriter"/> does with the same encoder, only faster.</summary>
internal static class JsonText
{
    private const int MostBytes = 3;
    private const int FirstOfThreeBytes = 0x800;

    // What the encoder makes of each ASCII character.
    private static readonly byte[][] Escapes =
        [.. Enumerable.Range(0, PlainCharacters.AsciiCount).Select(code => Encoding.ASCII.GetBytes(JsonBuffer.Encoder.Encode(((char)code).ToString())))];

    /// <summary>False when the text needs more room, or holds what is rare and better left to the encoder; nothing counts as written then.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Where to write; three bytes a character and two more are enough for almost any text.</param>
    /// <param name="written">How many bytes were used, quotes included.</param>
    public static bool TryWrite(ReadOnlySpan<char> text, Span<byte> target, out int written)
    {
        written = 0;
        if (target.Length < 2)
        {
            return false;
        }

        target[0] = (byte)'"';
        var at = 1;
        var room = target[..^1];
        while (!text.IsEmpty)
        {
            var (read, bytes) = Copy(text, room[at..]);
            at += bytes;
            text = text[read..];
            if (!text.IsEmpty)
            {
                if (!TryEscape(text[0], room, ref at))
                {
                    return false;
                }

                text = text[1..];
            }
        }

        target[at] = (byte)'"';
        written = at + 1;
        return true;
    }

    /// <summary>The same for a text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="written">How many bytes were used, quotes included.</param>
    public static bool TryWrite(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        written = 0;
        if (target.Length < 2)
        {
            return false;
        }

        target[0] = (byte)'"';
        var at = 1;
        var room = target[..^1];
        while (!text.IsEmpty)
        {
            var run = text[..PlainBytes.CountOf(text)];
            if (!run.TryCopyTo(room[at..]))
            {
                return false;
            }

            at += run.Length;
            text = text[run.Length..];
            if (!text.IsEmpty)
            {
                if (!TryEscape(text[0], room, ref at))
                {
                    return false;
                }

                text = text[1..];
            }
        }

        target[at] = (byte)'"';
        written = at + 1;
        return true;
    }

    // What is written as it is, as far as it goes and there is room: how many characters, and how many bytes they became.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Read, int Written) Copy(ReadOnlySpan<char> text, Span<byte> target)
    {
        var (read, written) = (0, 0);
        while (read < text.Length)
        {
            if (TryCopyAscii(text[read..], target[written..]))
            {
                read += Vector128<ushort>.Count;
                written += Vector128<ushort>.Count;
                continue;
            }

            int code = text[read];
            if (code < PlainCharacters.AsciiCount && PlainCharacters.HasAscii(code) && written < target.Length)
            {
                target[written++] = (byte)code;
            }
            else if (code >= PlainCharacters.AsciiCount && PlainCharacters.HasOther(code) && written <= target.Length - MostBytes)
            {
                if (code >= FirstOfThreeBytes)
                {
                    target[written++] = (byte)(0xE0 | (code >> 12));
                    target[written++] = (byte)(0x80 | ((code >> 6) & 0x3F));
                }
                else
                {
                    target[written++] = (byte)(0xC0 | (code >> 6));
                }

                target[written++] = (byte)(0x80 | (code & 0x3F));
            }
            else
            {
                break;
            }

            read++;
        }

        return (read, written);
    }

    // The next few at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyAscii(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (!Vector128.IsHardwareAccelerated || text.Length < Vector128<ushort>.Count || target.Length < Vector128<ushort>.Count)
        {
            return false;
        }

        var codes = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)));
        var others = Vector128.LessThan(codes, Vector128.Create((ushort)PlainCharacters.FirstPrintable))
            | Vector128.GreaterThanOrEqual(codes, Vector128.Create((ushort)PlainCharacters.Delete))
            | Vector128.Equals(codes, Vector128.Create((ushort)'"'))
            | Vector128.Equals(codes, Vector128.Create((ushort)'\\'));
        if (others != Vector128<ushort>.Zero)
        {
            return false;
        }

        Vector128.Narrow(codes, codes).GetLower().StoreUnsafe(ref MemoryMarshal.GetReference(target));
        return true;
    }

    private static bool TryEscape(int code, Span<byte> room, ref int at)
    {
        if (code >= PlainCharacters.AsciiCount || !Escapes[code].AsSpan().TryCopyTo(room[at..]))
        {
            return false;
        }

        at += Escapes[code].Length;
        return true;
    }
}
