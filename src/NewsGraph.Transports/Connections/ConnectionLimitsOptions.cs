using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Transports.Connections;

/// <summary>
/// What one address may take of this node. An address is an IPv4 address or an IPv6 /64, which is what one household
/// gets. Bound from configuration section <see cref="Section"/>, checked when the host starts.
/// </summary>
public sealed class ConnectionLimitsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Connections";

    /// <summary>
    /// How many WebSockets and event streams one address may hold open together; one more WebSocket is closed with 1013, one
    /// more stream gets status 429. Behind a proxy every reader has its address until <c>Proxies:Trusted</c> names it.
    /// 1 to 1,000,000; default 10,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxPerAddress { get; set; } = 10_000;

    /// <summary>
    /// How many times a minute clients of one address may initialize a WebSocket, all at once or spread; one more is
    /// closed with 1013. 1 to 10,000,000; default 20,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxInitsPerMinute { get; set; } = 20_000;
}
