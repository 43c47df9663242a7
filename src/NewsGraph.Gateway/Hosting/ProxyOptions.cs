namespace NewsGraph.Gateway.Hosting;

/// <summary>The proxies in front of the gateway.</summary>
internal sealed class ProxyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Proxies";

    /// <summary>
    /// The addresses (<c>10.0.0.7</c>) or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>
    /// and <c>X-Forwarded-Host</c> are believed. Nobody else's are, since whoever can reach the gateway can write them. Default: none.
    /// </summary>
    public IList<string> Trusted { get; } = [];
}
