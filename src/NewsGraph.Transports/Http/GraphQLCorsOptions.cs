using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Transports.Http;

/// <summary>
/// Which pages of other origins may use the endpoint, over HTTP and WebSocket alike.
/// Bound from configuration section <see cref="Section"/>, checked when the host starts.
/// </summary>
public sealed class GraphQLCorsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Cors";

    /// <summary>
    /// The origins (<c>https://example.com</c>) whose pages may read answers and open WebSockets, or <c>*</c> for all. Pages of
    /// the endpoint's own origin always may, and so may clients that are no browsers. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Whether those pages may send the browser's cookies along; not together with <c>*</c>. Default: no.</summary>
    public bool AllowCredentials { get; set; }

    /// <summary>How long a browser may remember what it was allowed. 0 s to 24 h; default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan PreflightMaxAge { get; set; } = TimeSpan.FromHours(1);
}
