namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>What was changed, by whichever process.</summary>
internal interface IChangeLog
{
    /// <summary>Reads what was changed since a position; without one, where the log stands now.</summary>
    Task<ChangePage> ReadChangesAsync(ChangePosition? after, CancellationToken cancellationToken);
}

/// <summary>Up to where a node knows the changes.</summary>
/// <param name="Id">The highest number it has seen.</param>
/// <param name="Transaction">PostgreSQL: changes of transactions before this one are all known.</param>
/// <param name="Migrations">The migrations the database had had: what those change is not in the log.</param>
internal readonly record struct ChangePosition(long Id, long Transaction, string Migrations);

/// <summary>What a node did not know.</summary>
/// <param name="Changes">The changes, some of which it may have seen already.</param>
/// <param name="Position">Up to where it knows them now.</param>
/// <param name="Oldest">The lowest number that is kept; 0 when there is none.</param>
/// <param name="Last">The highest number that is kept; 0 when there is none.</param>
/// <param name="HasMore">Whether there is more to read at once.</param>
internal sealed record ChangePage(IReadOnlyList<CommittedChange> Changes, ChangePosition Position, long Oldest, long Last, bool HasMore)
{
    /// <summary>
    /// Whether something may have changed after a position that the log does not show: it was pruned, a migration has run,
    /// or the database was put back to an earlier state.
    /// </summary>
    public bool MissesAfter(ChangePosition position) =>
        Oldest > position.Id + 1
        || Last < position.Id
        || Position.Transaction < position.Transaction
        || Position.Migrations != position.Migrations;
}
