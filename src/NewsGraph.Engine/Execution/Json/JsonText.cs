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
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0, AsciiCount).Where(code => Escapes[code].AsSpan().SequenceEqual([(byte)code])).Select(code => (char)code)]);

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

            if (!(text[0] < AsciiCount ? TryEscape(ref text, room, ref at) : TryEncode(ref text, room, ref at)))
            {
                return false;
            }
        }

        target[at] = (byte)'"';
        written = at + 1;
        return true;
    }

    private static bool TryEscape(ref ReadOnlySpan<char> text, Span<byte> room, ref int at)
    {
        var escape = Escapes[text[0]];
        if (!escape.AsSpan().TryCopyTo(room[at..]))
        {
            return false;
        }

        at += escape.Length;
        text = text[1..];
        return true;
    }

    private static bool TryEncode(ref ReadOnlySpan<char> text, Span<byte> room, ref int at)
    {
        var end = text.IndexOfAnyInRange('\0', (char)(AsciiCount - 1));
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
