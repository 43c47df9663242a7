using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.Transports.Connections;

/// <summary>Registers what WebSockets and event streams share.</summary>
internal static class ConnectionRegistration
{
    /// <summary>Adds the limits per address and the way out.</summary>
    public static void AddClientConnections(this IServiceCollection services)
    {
        services.AddOptions<ConnectionLimitsOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AddressLimits>();
        services.AddOptions<ShutdownOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<Draining>();
        services.TryAddSingleton<ConnectionRegistry>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DrainService>());
    }
}
