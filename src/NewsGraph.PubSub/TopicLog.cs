using Microsoft.Extensions.Logging;

namespace NewsGraph.PubSub;

/// <summary>What every bus logs about its subscribers. Event ids 2000 to 2009.</summary>
internal static partial class TopicLog
{
    [LoggerMessage(2000, LogLevel.Error, "A subscriber of topic {Topic} failed; it stays subscribed.")]
    public static partial void HandlerFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "A subscriber of topic {Topic} has {Capacity} messages waiting; its oldest are dropped until it catches up.")]
    public static partial void SubscriberLags(ILogger logger, string topic, int capacity);
}
