using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace NewsGraph.Gateway.Hosting;

/// <summary>Lets requests that came through trusted proxies be those of their clients: address, scheme and host.</summary>
internal static class Proxies
{
    public static IServiceCollection AddProxies(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>()
            .BindConfiguration(ProxyOptions.Section)
            .Validate(
                options => options.Trusted.All(text => TryRead(text, out _)),
                $"{ProxyOptions.Section}:Trusted takes addresses (10.0.0.7) and networks (10.0.0.0/8), nothing else.")
            .ValidateOnStart();
        return services;
    }

    public static void UseProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted is not { Count: > 0 } trusted)
        {
            return;
        }

        // Each proxy on the way has to be trusted, so their number needs no limit.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in trusted)
        {
            if (TryRead(text, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
        }

        app.UseForwardedHeaders(options);
    }

    private static bool TryRead(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
