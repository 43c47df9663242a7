namespace NewsGraph.PubSub;

/// <summary>Whether a bus delivers, and if not, why.</summary>
/// <param name="Delivers">Whether messages currently reach other nodes.</param>
/// <param name="Problem">What is wrong, one sentence for whoever runs the server; null while it delivers.</param>
/// <param name="Since">Since when it delivers, or fails to; null when it has been so from the start.</param>
public sealed record TopicBusStatus(bool Delivers, string? Problem, DateTimeOffset? Since)
{
    /// <summary>The status of a bus that cannot fail.</summary>
    public static TopicBusStatus Always { get; } = new(true, null, null);
}
