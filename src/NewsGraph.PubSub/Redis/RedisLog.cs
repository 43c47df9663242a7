using Microsoft.Extensions.Logging;

namespace NewsGraph.PubSub.Redis;

/// <summary>What the Redis bus logs. Event ids 2010 to 2029.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(2010, LogLevel.Information, "Connected to Redis at {EndPoints}.")]
    public static partial void Connected(ILogger logger, string endPoints);

    [LoggerMessage(2011, LogLevel.Warning, "Redis at {EndPoints} does not answer. This node goes on alone and keeps trying.")]
    public static partial void NotReachable(ILogger logger, string endPoints, Exception? exception);

    [LoggerMessage(2012, LogLevel.Warning, "The connection to Redis was lost ({Failure}). This node goes on alone and keeps trying.")]
    public static partial void ConnectionLost(ILogger logger, string failure, Exception? exception);

    [LoggerMessage(2013, LogLevel.Information, "The connection to Redis is back and {Count} topics are subscribed again.")]
    public static partial void Reconnected(ILogger logger, int count);

    [LoggerMessage(2014, LogLevel.Warning, "The topics could not be subscribed on Redis yet; next attempt in {Delay}.")]
    public static partial void RestoreFailed(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(2015, LogLevel.Warning, "A message for topic {Topic} may not have reached the other nodes.")]
    public static partial void PublishFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2016, LogLevel.Warning, "Ignored {Length} bytes on the channel of topic {Topic}: not a message envelope.")]
    public static partial void UnreadableMessage(ILogger logger, string topic, int length);

    [LoggerMessage(2017, LogLevel.Debug, "Ignored a message of kind {Kind} on the channel of topic {Topic}.")]
    public static partial void IgnoredMessage(ILogger logger, string topic, TopicMessageKind kind);

    [LoggerMessage(2018, LogLevel.Warning, "Topic {Topic} could not be subscribed on Redis yet; it is tried again.")]
    public static partial void SubscribeFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2019, LogLevel.Debug, "The channel of topic {Topic} could not be released on Redis; a lost connection releases it too.")]
    public static partial void ReleaseFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2020, LogLevel.Error, "A listener of the Reconnected event failed.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
