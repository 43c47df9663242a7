using System.Globalization;
using System.Text;

namespace NewsGraph.Gateway.Ingest;

/// <summary>Slugs as WordPress makes them.</summary>
internal static class Slugs
{
    private const int MaxLength = 200;

    // The gateway runs without culture data, so the runtime does not take letters apart.
    private static readonly Dictionary<int, string> Plain = Fold(
        "a àáâãäåāăą", "ae æ", "c çćĉċč", "d ďđð", "e èéêëēĕėęě", "g ĝğġģ", "h ĥħ", "i ìíîïĩīĭįı", "j ĵ", "k ķ", "l ĺļľŀł", "n ñńņňŋ",
        "o òóôõöøōŏő", "oe œ", "r ŕŗř", "s śŝşšșß", "t ţťŧț", "th þ", "u ùúûüũūŭůűų", "w ŵ", "y ýÿŷ", "z źżž");

    /// <summary>A stored slug as text (WordPress stores other scripts percent-encoded); made from the title when there is none.</summary>
    public static string Of(string stored, string title, string fallback)
    {
        var slug = From(Uri.UnescapeDataString(stored));
        slug = slug.Length > 0 ? slug : From(title);
        return slug.Length > 0 ? slug : fallback;
    }

    /// <summary>Lower-case letters and digits of any script, Latin ones without accents, joined by hyphens.</summary>
    public static string From(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (Plain.TryGetValue(lower.Value, out var plain))
            {
                slug.Append(plain);
            }
            else if (Rune.IsLetterOrDigit(rune) || IsVowelSign(rune) || rune.Value == '_')
            {
                slug.Append(lower.ToString());
            }
            else if (rune.Value is not ('\'' or '’') && !IsAccent(rune) && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return Cut(slug.ToString(), MaxLength).Trim('-');
    }

    /// <summary>The slug, or the first of slug-2, slug-3 … that is free.</summary>
    public static string Free(string slug, Func<string, bool> isTaken)
    {
        if (!isTaken(slug))
        {
            return slug;
        }

        for (var number = 2; ; number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var candidate = Cut(slug, MaxLength - suffix.Length) + suffix;
            if (!isTaken(candidate))
            {
                return candidate;
            }
        }
    }

    /// <summary>Whether a slug is another with a number that <see cref="Free"/> gave it.</summary>
    public static bool IsNumbered(string slug, string wanted) =>
        slug.Length > wanted.Length + 1
        && slug.StartsWith(wanted, StringComparison.Ordinal)
        && slug[wanted.Length] == '-'
        && slug.AsSpan(wanted.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static Dictionary<int, string> Fold(params string[] groups) =>
        (from g in groups
         let parts = g.Split(' ')
         from letter in parts[1]
         select (Letter: (int)letter, Plain: parts[0])).ToDictionary(p => p.Letter, p => p.Plain);

    // Parts of a word in the scripts of India and others.
    private static bool IsVowelSign(Rune rune) =>
        !IsAccent(rune) && Rune.GetUnicodeCategory(rune) is (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static bool IsAccent(Rune rune) => rune.Value is >= 0x300 and <= 0x36F;

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
