using Microsoft.Extensions.Logging;

namespace NewsGraph.PubSub.Redis;

/// <summary>What the Redis bus logs. Event ids 2010 to 2029.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(2010, LogLevel.Information, "Messages come through Redis at {EndPoints}; {Count} topics are subscribed.")]
    public static partial void Delivers(ILogger logger, string endPoints, int count);

    [LoggerMessage(2011, LogLevel.Warning, "{Problem} This node goes on alone and keeps trying; readers get comments seconds later.")]
    public static partial void Failed(ILogger logger, string problem, Exception? exception);

    [LoggerMessage(2012, LogLevel.Debug, "Still: {Problem}")]
    public static partial void StillFailing(ILogger logger, string problem, Exception? exception);

    [LoggerMessage(2013, LogLevel.Information, "The connection to Redis was replaced by a new one.")]
    public static partial void Replaced(ILogger logger);

    [LoggerMessage(2014, LogLevel.Debug, "A message to itself did not come back on topic {Topic}.")]
    public static partial void ProbeLost(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2015, LogLevel.Debug, "A message for topic {Topic} may not have reached the other nodes.")]
    public static partial void PublishFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2016, LogLevel.Warning, "Ignored {Length} bytes on the channel of topic {Topic}: not a message envelope.")]
    public static partial void UnreadableMessage(ILogger logger, string topic, int length);

    [LoggerMessage(2017, LogLevel.Debug, "Ignored a message of kind {Kind} on the channel of topic {Topic}.")]
    public static partial void IgnoredMessage(ILogger logger, string topic, TopicMessageKind kind);

    [LoggerMessage(2018, LogLevel.Debug, "Topic {Topic} could not be subscribed on Redis yet; it is tried again.")]
    public static partial void SubscribeFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2019, LogLevel.Debug, "The channel of topic {Topic} could not be released on Redis; a lost connection releases it too.")]
    public static partial void ReleaseFailed(ILogger logger, string topic, Exception exception);

    [LoggerMessage(2020, LogLevel.Error, "A listener of the Reconnected event failed.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
