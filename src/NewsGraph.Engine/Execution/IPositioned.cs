namespace NewsGraph.Engine.Execution;

/// <summary>
/// Implemented by the events of a subscription that can be resumed: a client that read the event may ask to go on after it.
/// </summary>
public interface IPositioned
{
    /// <summary>The opaque position right after this event, or null when there is none to resume from.</summary>
    string? Position { get; }
}
