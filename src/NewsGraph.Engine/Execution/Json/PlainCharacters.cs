using System.Runtime.CompilerServices;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>
/// What stands in a JSON string as it is: of ASCII all that is printable but the quote and the backslash, and of the other
/// characters of two or three bytes in UTF-8 what <see cref="JsonBuffer.Encoder"/> leaves alone. It is asked about each once and not
/// for each text: that took a sixteenth of an article page in a language with umlauts.
/// </summary>
internal static class PlainCharacters
{
    public const byte FirstPrintable = 0x20;
    public const byte Delete = 0x7F;
    public const int AsciiCount = 0x80;

    // A bit for each character.
    private static readonly uint[] Bits = Make();

    public static bool HasAscii(int code) => code is >= FirstPrintable and < Delete and not '"' and not '\\';

    /// <summary>Whether a character behind ASCII is among them; half of a pair is not.</summary>
    /// <param name="code">The character.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasOther(int code) => (Bits[code >> 5] & (1U << code)) != 0;

    private static uint[] Make()
    {
        var bits = new uint[(char.MaxValue + 1) / 32];
        for (var code = AsciiCount; code <= char.MaxValue; code++)
        {
            if (!char.IsSurrogate((char)code) && !JsonBuffer.Encoder.WillEncode(code))
            {
                bits[code >> 5] |= 1U << code;
            }
        }

        return bits;
    }
}
