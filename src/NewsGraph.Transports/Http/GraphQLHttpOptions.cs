using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Transports.Http;

/// <summary>How GraphQL is served over HTTP. Bound from configuration section <see cref="Section"/>.</summary>
public sealed class GraphQLHttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Http";

    /// <summary>Largest request body in bytes. 1,024 to 1,073,741,824; default 20,480,000.</summary>
    [Range(1024, 1_073_741_824)]
    public int MaxRequestBytes { get; set; } = 20 * 1000 * 1024;

    /// <summary>How often a stream is checked for silence. 1 s to 1 h; default 12 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a stream may be silent before a comment is sent at the next check. 1 s to 1 h; default 8 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveSilence { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one write to a stream may wait for its reader before the connection is cut. 1 s to 10 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events may wait for the reader of a stream before it counts as too slow. 8 to 65,536; default 256.</summary>
    [Range(8, 65_536)]
    public int MaxQueuedEvents { get; set; } = 256;

    /// <summary>
    /// How many bytes may wait for the reader of a stream before it counts as too slow; a single event may be larger and
    /// then counts as a quarter of this. 16 KiB to 256 MiB; default 1 MiB.
    /// </summary>
    [Range(16 * 1024, 256 * 1024 * 1024)]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;
}
