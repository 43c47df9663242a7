using System.ComponentModel.DataAnnotations;

namespace NewsGraph.PubSub.InMemory;

/// <summary>Settings of the bus that stays inside this process.</summary>
public sealed class InMemoryTopicBusOptions
{
    /// <summary>
    /// How many messages may wait for one subscription's handler before the oldest is dropped.
    /// Default: 1,024. Range: 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 1024;
}
