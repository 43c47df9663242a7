namespace NewsGraph.Gateway.Feeds;

/// <summary>How far a feed has come, and how far back it reaches.</summary>
/// <param name="Last">Its last number; 0 while nothing has happened.</param>
/// <param name="Pruned">The last number whose event is not kept any more; 0 while all are.</param>
public readonly record struct FeedState(long Last, long Pruned);
