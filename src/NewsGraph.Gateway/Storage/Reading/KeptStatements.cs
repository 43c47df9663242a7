using System.Collections.Concurrent;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>What tells a statement from all others.</summary>
/// <param name="Query">The query; one of a paged field with all it depends on.</param>
/// <param name="Row">Its rows.</param>
/// <param name="Demand">What is read of them.</param>
internal readonly record struct StatementKey(object Query, Type Row, Demand Demand);

/// <summary>The statements that were made, and the queries that cannot be one. Bounded; safe for concurrent use.</summary>
internal sealed class KeptStatements
{
    // Far above what is asked in practice; a bound all the same, since clients choose what is asked.
    private const int MaxStatements = 2_000;

    private readonly ConcurrentDictionary<StatementKey, Statement?> _statements = new();
    private readonly ConcurrentDictionary<StatementKey, byte> _met = new();

    /// <summary>Whether a query is prepared when it is met again: making a statement costs more than translating a query once.</summary>
    public bool OnSecondUse { get; init; }

    /// <summary>A query's statement; null where it cannot be one.</summary>
    public bool TryFind(in StatementKey key, out Statement? statement) => _statements.TryGetValue(key, out statement);

    /// <summary>Whether to make a query's statement now.</summary>
    public bool IsWorthPreparing(in StatementKey key)
    {
        if (!OnSecondUse || _met.TryRemove(key, out _))
        {
            return true;
        }

        Bound(_met);
        _met[key] = 0;
        return false;
    }

    /// <summary>Keeps a statement, or that there is none.</summary>
    public void Keep(in StatementKey key, Statement? statement)
    {
        Bound(_statements);
        _statements[key] = statement;
    }

    // Whoever asks for thousands has them all forgotten; those in use come back at once.
    private static void Bound<T>(ConcurrentDictionary<StatementKey, T> kept)
    {
        if (kept.Count >= MaxStatements)
        {
            kept.Clear();
        }
    }
}
