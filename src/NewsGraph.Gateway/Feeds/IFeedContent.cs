namespace NewsGraph.Gateway.Feeds;

/// <summary>An event with its position as clients get it.</summary>
public readonly record struct FeedEntry(FeedEvent Event, string Position);

/// <summary>
/// Knows what events of some kinds tell readers. A feature registers one; it is asked once per node and event when the
/// event is delivered, and again when it is replayed, so that nothing hidden since is told. Safe for concurrent use.
/// </summary>
public interface IFeedContent
{
    /// <summary>The kinds it knows.</summary>
    IReadOnlyCollection<FeedEventKind> Kinds { get; }

    /// <summary>Whether events of a kind take back or change what earlier ones told, so that none of those may be repeated from memory.</summary>
    /// <param name="kind">One of the known kinds.</param>
    bool Hides(FeedEventKind kind);

    /// <summary>Reads what events tell, as it is now, in a number of statements that does not depend on how many they are.</summary>
    /// <param name="entries">Events of one feed and of the known kinds.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for it.</param>
    /// <returns>What they tell, by number: sources of graph types. An event that is left out tells nothing any more.</returns>
    Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken);
}
