using System.Collections.Concurrent;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>What statements read and change, by their text: each is looked at once. Safe for concurrent use.</summary>
internal sealed class KnownStatements(TrackedTables tables)
{
    // Entity Framework makes a text for each number of values in a list; a bound all the same.
    private const int MaxKnown = 4_000;

    private readonly ConcurrentDictionary<string, StatementReads> _reads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<TrackedTable>> _writes = new(StringComparer.Ordinal);

    public StatementReads ReadsOf(string text) => Find(_reads, text, static (text, tables) => StatementReads.Of(text, tables));

    /// <summary>The tables a statement changes.</summary>
    public IReadOnlyList<TrackedTable> WritesOf(string text) => Find(_writes, text, static (text, tables) =>
        StatementWrites.Of(text) is { } names
            ? [.. names.Select(name => tables.Find(name)).OfType<TrackedTable>()]
            : tables.All);

    private T Find<T>(ConcurrentDictionary<string, T> known, string text, Func<string, TrackedTables, T> look)
    {
        if (!known.TryGetValue(text, out var found))
        {
            found = look(text, tables);
            if (known.Count < MaxKnown)
            {
                known.TryAdd(text, found);
            }
        }

        return found;
    }
}
