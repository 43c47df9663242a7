using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NewsGraph.Transports.Connections;

/// <summary>Registers what WebSockets and event streams share.</summary>
internal static class ConnectionRegistration
{
    /// <summary>Adds the limits per address.</summary>
    public static void AddConnectionLimits(this IServiceCollection services)
    {
        services.AddOptions<ConnectionLimitsOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AddressLimits>();
    }
}
