using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>Writes texts as JSON strings, exactly as <see cref="System.Text.Json.Utf8JsonWriter"/> does with the same encoder, only faster.</summary>
internal static class JsonText
{
    private const int AsciiCount = 0x80;

    // What the encoder makes of each ASCII character.
    private static readonly byte[][] Escapes =
        [.. Enumerable.Range(0, AsciiCount).Select(code => Encoding.ASCII.GetBytes(JsonBuffer.Encoder.Encode(((char)code).ToString())))];

    // What a JSON string holds as it is: printable ASCII without quote and backslash.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. PlainCodes.Select(code => (char)code)]);
    private static readonly SearchValues<char> AsciiCharacters = SearchValues.Create([.. Enumerable.Range(0, AsciiCount).Select(code => (char)code)]);

    private static IEnumerable<int> PlainCodes => Enumerable.Range(0, AsciiCount).Where(code => Escapes[code].AsSpan().SequenceEqual([(byte)code]));

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
            var plain = text.IndexOfAnyExcept(Plain);
            var run = plain < 0 ? text : text[..plain];
            if (!run.IsEmpty)
            {
                if (Ascii.FromUtf16(run, room[at..], out var copied) != OperationStatus.Done)
                {
                    return false;
                }

                at += copied;
                text = text[run.Length..];
                continue;
            }

            if (text[0] >= AsciiCount)
            {
                if (!TryEncode(ref text, room, ref at))
                {
                    return false;
                }
            }
            else if (TryEscape(text[0], room, ref at))
            {
                text = text[1..];
            }
            else
            {
                return false;
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
            var run = text[..PlainBytes.CountOf(text, out var isAscii)];
            if ((!isAscii && JsonBuffer.Encoder.FindFirstCharacterToEncodeUtf8(run) >= 0) || !run.TryCopyTo(room[at..]))
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

    private static bool TryEscape(int code, Span<byte> room, ref int at)
    {
        var escape = Escapes[code];
        if (!escape.AsSpan().TryCopyTo(room[at..]))
        {
            return false;
        }

        at += escape.Length;
        return true;
    }

    private static bool TryEncode(ref ReadOnlySpan<char> text, Span<byte> room, ref int at)
    {
        var end = text.IndexOfAny(AsciiCharacters);
        var run = end < 0 ? text : text[..end];
        var status = Utf8.FromUtf16(run, room[at..], out _, out var bytes, replaceInvalidSequences: false);
        if (status != OperationStatus.Done || JsonBuffer.Encoder.FindFirstCharacterToEncodeUtf8(room.Slice(at, bytes)) >= 0)
        {
            return false;
        }

        at += bytes;
        text = text[run.Length..];
        return true;
    }
}
