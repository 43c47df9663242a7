using System.Globalization;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// What Entity Framework makes of the queries of a start, made beforehand: translating them would be a third of every start.
/// A test makes the files and compares them.
/// </summary>
internal class KnownTranslations
{
    private const string Begin = "-- ";

    private readonly Dictionary<string, Translation> _byPrint;

    /// <summary>Reads them.</summary>
    /// <param name="text">As <see cref="Write"/> makes it.</param>
    public KnownTranslations(string text) => _byPrint = Read(text);

    /// <summary>Those for a kind of database.</summary>
    /// <param name="resource">The file's name among the program's resources.</param>
    public static KnownTranslations OfResource(string resource)
    {
        using var stream = typeof(KnownTranslations).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return new KnownTranslations(reader.ReadToEnd());
    }

    /// <summary>The translation of a query, or null when it has to be made.</summary>
    /// <param name="print">The query's print.</param>
    public virtual Translation? Find(string print) => _byPrint.GetValueOrDefault(print);

    /// <summary>Hears of a translation that had to be made.</summary>
    /// <param name="print">The query's print.</param>
    /// <param name="made">The translation.</param>
    public virtual void Made(string print, Translation made)
    {
    }

    /// <summary>Writes translations for people to read: a line with print, parameters and columns, then the text.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, Translation>> translations) =>
        string.Join("\n\n", translations.Select(known =>
            $"{Begin}{known.Key} ({string.Join(' ', known.Value.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}:{p.Place}")))})"
            + $" {string.Join(' ', known.Value.Columns)}\n{known.Value.Text}")) + "\n";

    private static Dictionary<string, Translation> Read(string text)
    {
        var known = new Dictionary<string, Translation>(StringComparer.Ordinal);
        foreach (var part in text.Split(Begin, StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n', 2);
            var words = lines[0].Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
            known.Add(words[0], new Translation(
                lines[1].TrimEnd(),
                [.. words[1..].Where(word => word.Contains(':', StringComparison.Ordinal)).Select(Parameter)],
                [.. words[1..].Where(word => !word.Contains(':', StringComparison.Ordinal))]));
        }

        return known;
    }

    private static StatementParameter Parameter(string word)
    {
        var end = word.IndexOf(':', StringComparison.Ordinal);
        return new StatementParameter(word[..end], int.Parse(word.AsSpan(end + 1), CultureInfo.InvariantCulture));
    }
}
