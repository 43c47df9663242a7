using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NewsGraph.Gateway.Ingest;

public static class IngestRegistration
{
    /// <summary>Adds the importer and the demo content.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ImportWxr>();
        services.AddSingleton<DemoContent>();
        return services;
    }
}
