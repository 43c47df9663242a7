using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Caching;

public static class CachingRegistration
{
    /// <summary>Keeps the response cache true: every change takes away what was built from it, on every node.</summary>
    public static IServiceCollection AddResponsePurging(this IServiceCollection services)
    {
        services.AddOptions<ResponseCacheOptions>().BindConfiguration(ResponseCacheOptions.Section);
        services.AddSingleton<ResponsePurge>();
        services.AddSingleton<IChangeListener>(s => s.GetRequiredService<ResponsePurge>());
        services.AddSingleton<ChangeSweep>();
        services.AddHostedService(s => s.GetRequiredService<ChangeSweep>());
        services.AddHostedService<ChangePruning>();
        return services;
    }
}
