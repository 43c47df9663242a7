using NewsGraph.Engine.Conventions.Errors;

namespace NewsGraph.Gateway.Feeds;

/// <summary>What a client is told that asks for what a feed cannot give.</summary>
internal static class FeedErrors
{
    /// <summary>The text is no position, or one of another feed.</summary>
    public static RequestError InvalidPosition(string argument) => new(
        "The position is none of this feed.", "INVALID_POSITION", new Dictionary<string, object?> { ["argument"] = argument });

    /// <summary>The feed cannot go on after the position, and the field has no event to say so.</summary>
    public static RequestError Reset(FeedReset reset) => new(
        "The feed cannot go on after this position. Read the data again and go on after the new one.",
        "FEED_RESET",
        new Dictionary<string, object?> { ["position"] = reset.Position, ["reason"] = FeedResetReasonType.NameOf(reset.Reason) });

    /// <summary>Events were pruned while they were being replayed.</summary>
    public static RequestError Pruned() => new(
        "Events were pruned before they could be delivered. Subscribe again.",
        "FEED_RESET",
        new Dictionary<string, object?> { ["reason"] = FeedResetReasonType.NameOf(FeedResetReason.TooOld) });
}
