using System.ComponentModel.DataAnnotations;

namespace NewsGraph.PubSub.Redis;

/// <summary>Settings of the bus that travels through Redis.</summary>
public sealed class RedisTopicBusOptions
{
    /// <summary>
    /// The connection string of StackExchange.Redis: one server, such as <c>redis:6379,password=…,ssl=true</c>; Sentinels
    /// with the name they watch, <c>one:26379,two:26379,serviceName=news</c>; or some servers of a cluster. Time limits
    /// (<c>connectTimeout</c>, <c>asyncTimeout</c>, in milliseconds, 5,000 by default) belong here too.
    /// <c>abortConnect</c> is ignored: the bus always keeps trying. Required.
    /// </summary>
    [Required]
    public string Configuration { get; set; } = "";

    /// <summary>
    /// Keeps installations that share one Redis apart: only nodes with the same prefix hear each other.
    /// Default: none. At most 128 characters.
    /// </summary>
    [StringLength(128)]
    public string? TopicPrefix { get; set; }

    /// <summary>
    /// How many messages may wait for one subscription's handler before the oldest is dropped.
    /// Default: 1,024. Range: 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 1024;

    /// <summary>
    /// The longest pause between two attempts to connect; the first ones come faster.
    /// Default: 10 seconds. Range: 1 second to 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often this node sends a message to itself through Redis to prove that delivery works.
    /// Default: 5 seconds. Range: 1 second to 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long such a message may take before delivery counts as broken: the node reports itself degraded, subscribes
    /// again and, if that does not help, connects anew. Default: 5 seconds. Range: 0.1 second to 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
