using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>
/// What a statement reads, found in its text: a table is read when its name is there, and what changes often in it when
/// the column's name is there or might be behind a star. So no statement can be forgotten, however it came about.
/// </summary>
internal sealed class StatementReads
{
    private StatementReads(IReadOnlyList<TableRead> tables)
    {
        Tables = tables;
        Tags = [.. tables.SelectMany(t => t.Tags)];
    }

    /// <summary>The tables, each with how it is read. Empty when none is known: then nobody would tell of a change.</summary>
    public IReadOnlyList<TableRead> Tables { get; }

    /// <summary>What the result depends on when nothing more is known.</summary>
    public DataTag[] Tags { get; }

    /// <summary>Adds what the statement depends on.</summary>
    public void AddTo(DataReads reads)
    {
        if (Tables.Count == 0)
        {
            reads.Forbid();
        }

        reads.Add(Tags);
    }

    public static StatementReads Of(string text, TrackedTables known)
    {
        // What is selected stands before the first FROM; what decides on the rows, behind it.
        var selected = IndexOf(text, "FROM");
        var words = Words(text).ToList();
        var names = words.Select(w => w.Word).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var star = HasStar(text);
        return new StatementReads([.. known.All
            .Where(t => names.Contains(t.Name))
            .Select(t => new TableRead(
                t,
                [.. t.Often.Where(o => star || names.Contains(o.Key)).Select(o => o.Value)],
                star || words.Exists(w => w.At > selected && t.Often.ContainsKey(w.Word))))]);
    }

    private static int IndexOf(string text, string keyword) =>
        Words(text).Where(w => w.Word.Equals(keyword, StringComparison.OrdinalIgnoreCase)).Select(w => w.At).FirstOrDefault(-1);

    private static IEnumerable<(string Word, int At)> Words(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (IsLetter(text[at]))
            {
                var begin = at;
                while (at < text.Length && IsLetter(text[at]))
                {
                    at++;
                }

                yield return (text[begin..at], begin);
            }
        }
    }

    private static bool HasStar(string text)
    {
        for (var at = text.IndexOf('*', StringComparison.Ordinal); at >= 0; at = text.IndexOf('*', at + 1))
        {
            // COUNT(*) reads no column.
            if (at == 0 || text[at - 1] != '(')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLetter(char character) => char.IsLetterOrDigit(character) || character == '_';
}

/// <summary>How a statement reads a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Often">Tags of what it reads that changes often.</param>
/// <param name="IsDecidedByOften">Whether that decides which rows there are, or their order.</param>
internal sealed record TableRead(TrackedTable Table, IReadOnlyList<DataTag> Often, bool IsDecidedByOften)
{
    public IEnumerable<DataTag> Tags => [Table.Whole, Table.Rows, .. Often];
}
