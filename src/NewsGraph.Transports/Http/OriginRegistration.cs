using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace NewsGraph.Transports.Http;

/// <summary>Registers the decision on pages of other origins.</summary>
internal static class OriginRegistration
{
    /// <summary>Adds the policy and its options.</summary>
    public static void AddOriginPolicy(this IServiceCollection services)
    {
        services.AddOptions<GraphQLCorsOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GraphQLCorsOptions>, GraphQLCorsValidator>());
        services.AddCors();
        services.TryAddSingleton<OriginPolicy>();
    }
}
