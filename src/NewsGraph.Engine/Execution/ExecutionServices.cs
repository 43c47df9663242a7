using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Conventions.Errors;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Execution;

/// <summary>Registers execution.</summary>
public static class ExecutionServices
{
    /// <summary>
    /// Adds <see cref="IOperationExecutor"/>, <see cref="SchemaDocument"/> and the limits, checked at start-up. Needs a schema registered as a
    /// singleton; uses an <see cref="IErrorFormatter"/> when one is registered.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddGraphQLExecution(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions<GraphQLLimitsOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GraphQLLimitsOptions>, GraphQLLimitsValidator>());
        services.AddOptions<SubscriptionOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton<SubscriptionMetrics>();
        services.TryAddSingleton<DocumentMetrics>();
        services.AddOptions<ResponseCacheOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ResponseCacheMetrics>();
        services.TryAddSingleton<ResponseCache>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IErrorFormatter, ErrorFormatter>();
        services.TryAddSingleton(provider => new SchemaDocument(
            provider.GetRequiredService<ISchema>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IOperationExecutor, OperationExecutor>();
        return services;
    }
}
