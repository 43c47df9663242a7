using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Limits and intervals of GraphQL over WebSocket. Bound from configuration section <see cref="Section"/>, checked when the host starts.</summary>
public sealed class GraphQLWebSocketOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:WebSockets";

    /// <summary>How long a client may take to send <c>connection_init</c>. One second to five minutes; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan InitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two keep-alive messages to an initialized client. One second to five minutes; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a client may leave a ping unanswered before its connection counts as dead; any message is an answer.
    /// Zero to wait for ever. The legacy sub-protocol knows no answer, so its clients are exempt. 0 s to 10 min; default 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long an initialized client may run no operation before it is closed. Zero to let it stay.
    /// 0 s to 24 h; default 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a closing connection waits for the client's own close frame before it is cut.
    /// One second to one minute; default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest message a client may send, in bytes. 1 KiB to 20 MiB; default 128 KiB.</summary>
    [Range(1024, 20 * 1024 * 1024)]
    public int MaxMessageSize { get; set; } = 128 * 1024;

    /// <summary>How many operations one connection may run at a time. 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)]
    public int MaxOperationsPerConnection { get; set; } = 100;

    /// <summary>How many messages may wait for one client before it counts as too slow. 8 to 65,536; default 256.</summary>
    [Range(8, 65_536)]
    public int MaxQueuedMessages { get; set; } = 256;

    /// <summary>
    /// How many bytes may wait for one client before it counts as too slow; a single message may be larger
    /// and then counts as a quarter of this. 16 KiB to 256 MiB; default 1 MiB.
    /// </summary>
    [Range(16 * 1024, 256 * 1024 * 1024)]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;
}
