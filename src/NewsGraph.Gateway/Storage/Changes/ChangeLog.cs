namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>Up to where a node knows the changes.</summary>
/// <param name="Id">The highest number it has seen.</param>
/// <param name="Transaction">PostgreSQL: changes of transactions before this one are all known.</param>
internal readonly record struct ChangePosition(long Id, long Transaction);

/// <summary>What a node did not know.</summary>
/// <param name="Changes">The changes, some of which it may have seen already.</param>
/// <param name="Position">Up to where it knows them now.</param>
/// <param name="Oldest">The lowest number that is kept; 0 when nothing was read.</param>
/// <param name="HasMore">Whether there is more to read at once.</param>
internal sealed record ChangePage(IReadOnlyList<CommittedChange> Changes, ChangePosition Position, long Oldest, bool HasMore)
{
    /// <summary>Whether something was pruned that came after a position.</summary>
    public bool MissesAfter(ChangePosition position) => Oldest > position.Id + 1;
}
