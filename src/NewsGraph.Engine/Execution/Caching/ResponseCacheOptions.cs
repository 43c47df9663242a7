using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Engine.Execution.Caching;

/// <summary>
/// How results of queries are kept for those who ask the same. Bound from configuration section <see cref="Section"/>,
/// checked when the host starts.
/// </summary>
public sealed class ResponseCacheOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ResponseCache";

    /// <summary>
    /// Whether results of anonymous queries are kept. After a write that was acknowledged no node serves an older result
    /// for longer than <c>Feeds:PositionCheckInterval</c>, and the node that wrote does not at all. Default: yes.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many bytes the results and the requests they answer may take. 1 MiB to 64 GiB; default 64 MiB.</summary>
    [Range(1_048_576L, 68_719_476_736L)]
    public long MaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>The largest result that is kept, in bytes; never more than a fifth of <see cref="MaxBytes"/>. 1 KiB to 1 GiB; default 1 MiB.</summary>
    [Range(1024, 1_073_741_824)]
    public int MaxResultBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest request, document and variables together, whose result is kept, in bytes. 256 to 1,048,576; default 16,384.</summary>
    [Range(256, 1_048_576)]
    public int MaxRequestBytes { get; set; } = 16 * 1024;
}
