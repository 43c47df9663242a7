using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Gateway.Hosting;

/// <summary>What <c>serve</c> gives back to the system. Bound from configuration section <see cref="Section"/>, checked when the host starts.</summary>
internal sealed class MemoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Memory";

    /// <summary>
    /// The largest heap, in bytes, that is compacted once a surge is over and nearly nobody asks: what the surge left
    /// behind goes back to the system, and the process stands still for up to 3 ms for every MiB of the heap. 0: never.
    /// 0 to 4 GiB; default 256 MiB.
    /// </summary>
    [Range(0L, 4L * 1024 * 1024 * 1024)]
    public long CompactedBytes { get; set; } = 256 * 1024 * 1024;
}
