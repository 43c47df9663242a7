using System.Globalization;
using System.Text;

namespace NewsGraph.Gateway.Content;

/// <summary>How long a text is for a reader.</summary>
public static class TextMeasure
{
    private const int WordsPerMinute = 200;

    /// <summary>
    /// The words of a plain text. Apostrophes and hyphens inside a word do not part it. Chinese and Japanese write no
    /// spaces; each of their characters counts as a word.
    /// </summary>
    public static int CountWords(string text)
    {
        var words = 0;
        var inside = false;
        var joiner = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsCharacterWord(rune.Value))
            {
                words++;
                inside = joiner = false;
            }
            else if (Rune.IsLetterOrDigit(rune) || (inside && IsMark(rune)))
            {
                words += inside ? 0 : 1;
                inside = true;
                joiner = false;
            }
            else if (inside && !joiner && rune.Value is '\'' or '’' or '-' or '‑')
            {
                joiner = true;
            }
            else
            {
                inside = joiner = false;
            }
        }

        return words;
    }

    /// <summary>Minutes to read that many words at 200 a minute, rounded up; 0 for no words.</summary>
    public static int ReadingMinutes(int words) => (words + WordsPerMinute - 1) / WordsPerMinute;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsCharacterWord(int value) => value
        is (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF);
}
