using System.Text;

namespace NewsGraph.Load.Generate;

/// <summary>Invented prose: a few thousand words, of which some are common and most are rare, in sentences and paragraphs.</summary>
internal sealed class Words
{
    private const int Count = 3_000;

    private static readonly string[] Starts =
        ["b", "br", "d", "f", "fl", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "str", "t", "tr", "v", "w", ""];

    private static readonly string[] Middles = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "é", "ö", "ou"];

    private static readonly string[] Ends = ["", "n", "r", "l", "s", "st", "nd", "th", "rt", "m", "ck"];

    private readonly string[] _words = new string[Count];

    public Words(ulong seed)
    {
        var dice = Dice.For(seed, -1);
        var made = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        while (made.Count < Count)
        {
            word.Clear();
            for (var syllables = made.Count < 120 ? 1 : dice.Between(1, 3); syllables > 0; syllables--)
            {
                word.Append(dice.Pick(Starts)).Append(dice.Pick(Middles)).Append(dice.Pick(Ends));
            }

            if (made.Add(word.ToString()))
            {
                _words[made.Count - 1] = word.ToString();
            }
        }
    }

    /// <summary>Two or more words with capitals, for a name.</summary>
    public string Name(Dice dice, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Capital(Rare(dice))));

    public string Title(Dice dice)
    {
        var title = new StringBuilder();
        Sentence(title, dice, dice.Between(6, 11));
        return title.ToString().TrimEnd('.');
    }

    /// <summary>Adds a sentence that ends with a full stop.</summary>
    public void Sentence(StringBuilder text, Dice dice, int words)
    {
        text.Append(Capital(Any(dice)));
        for (var i = 1; i < words; i++)
        {
            text.Append(i > 2 && dice.Below(12) == 0 ? ", " : " ").Append(Any(dice));
        }

        text.Append('.');
    }

    // Cubed, as in a language: the first hundred words are a third of a text.
    private string Any(Dice dice)
    {
        var share = dice.Share();
        return _words[(int)(share * share * share * Count)];
    }

    private string Rare(Dice dice) => _words[dice.Between(Count / 2, Count - 1)];

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
