using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Engine.Execution.Groups;

/// <summary>How equal subscriptions share. Bound from configuration section <see cref="Section"/>, checked when the host starts.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Subscriptions";

    /// <summary>
    /// How many of its last results a group of equal subscribers keeps, so that one who returns after a moment costs
    /// neither a statement nor an execution. 0 to 65,536; default 256.
    /// </summary>
    [Range(0, 65_536)]
    public int KeptEvents { get; set; } = 256;

    /// <summary>How many bytes of its last results a group keeps, and as many again of a replay. 0 to 64 MiB; default 256 KiB.</summary>
    [Range(0, 64 * 1024 * 1024)]
    public int KeptBytes { get; set; } = 256 * 1024;

    /// <summary>How many events a replay reads and executes at a time. 1 to 1,000; default 100.</summary>
    [Range(1, 1000)]
    public int ReplayPageSize { get; set; } = 100;

    /// <summary>
    /// How many groups may read events again at the same time; further ones wait, so that a storm of returning readers
    /// cannot take the database from everybody else. 1 to 1,000; default 8.
    /// </summary>
    [Range(1, 1000)]
    public int MaxConcurrentReplays { get; set; } = 8;
}
