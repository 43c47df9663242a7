using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub.InMemory;
using NewsGraph.PubSub.Redis;

namespace NewsGraph.PubSub;

/// <summary>Registers the <see cref="ITopicBus"/> of this node. A bus that the application registered itself is kept.</summary>
public static class TopicBusServiceCollectionExtensions
{
    /// <summary>Adds the bus for an installation of one node: messages stay inside this process.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the defaults; the result is validated when the host starts.</param>
    public static IServiceCollection AddInMemoryTopicBus(
        this IServiceCollection services, Action<InMemoryTopicBusOptions>? configure = null)
    {
        var options = services.AddOptions<InMemoryTopicBusOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<ITopicBus, InMemoryTopicBus>();
        return services;
    }

    /// <summary>
    /// Adds the bus for an installation of several nodes: messages travel through Redis. The host starts even when
    /// Redis is away; the bus connects as soon as it can.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets at least <see cref="RedisTopicBusOptions.Configuration"/>; validated when the host starts.</param>
    public static IServiceCollection AddRedisTopicBus(this IServiceCollection services, Action<RedisTopicBusOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<RedisTopicBusOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RedisTopicBusOptions>, RedisTopicBusOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RedisTopicBus>();
        services.TryAddSingleton<ITopicBus>(provider => provider.GetRequiredService<RedisTopicBus>());
        services.AddSingleton<IHostedService, RedisTopicBusStarter>();
        return services;
    }
}
