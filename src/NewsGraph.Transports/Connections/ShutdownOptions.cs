using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Transports.Connections;

/// <summary>How a node goes away. Bound from configuration section <see cref="Section"/>, checked when the host starts.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shutdown";

    /// <summary>
    /// How long the node serves on as before after it has been told to stop, while <c>/health/ready</c> already says no. Behind
    /// a load balancer: longer than it takes to notice. 0 s to 5 min; default 0 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How long what is under way may take after that: answers finish, WebSockets and streams are closed. What is left is
    /// cut. 1 s to 10 min; default 15 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The time within which clients are told to come back, each at another moment, so that the other nodes are not asked
    /// by all at once. 0 s to 10 min; default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReconnectWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many WebSockets are being closed at a time. 1 to 100,000; default 256.</summary>
    [Range(1, 100_000)]
    public int MaxClosing { get; set; } = 256;
}
