using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Caching;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Related;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;
using NewsGraph.PubSub;
using NewsGraph.PubSub.InMemory;
using NewsGraph.PubSub.Redis;
using NewsGraph.Transports;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Http;
using NewsGraph.Transports.Ide;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.Gateway.Hosting;

/// <summary>Everything the gateway is made of.</summary>
internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) =>
        services
            .AddStorage()
            .AddTopicBus(configuration)
            .AddFeeds()
            .AddResponsePurging()
            .AddTags()
            .AddAuthors()
            .AddArticles()
            .AddComments()
            .AddRelated()
            .AddIngest()
            .AddNewsSchema()
            .AddGraphQL(environment)
            .AddProxies()
            .AddHealth()
            .AddHostedService<Preparation>()
            .AddHostedService<Announcement>();

    private static IServiceCollection AddTopicBus(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Redis") is { Length: > 0 } redis)
        {
            services.AddOptions<RedisTopicBusOptions>().BindConfiguration("Bus:Redis");
            return services.AddRedisTopicBus(options => options.Configuration = redis);
        }

        services.AddOptions<InMemoryTopicBusOptions>().BindConfiguration("Bus:InMemory");
        return services.AddInMemoryTopicBus();
    }

    private static IServiceCollection AddGraphQL(this IServiceCollection services, IHostEnvironment environment)
    {
        // Development allows what a developer needs; a setting, bound after it, wins.
        var development = environment.IsDevelopment();
        services.Configure<GraphQLLimitsOptions>(limits => limits.AllowIntrospection = development);
        services.Configure<IdeOptions>(ide =>
        {
            ide.Enabled = development;
            ide.Directory = Path.Combine(AppContext.BaseDirectory, "ide");
            ide.Document = FirstDocument.Text;
        });
        services.AddOptions<GraphQLLimitsOptions>().BindConfiguration(GraphQLLimitsOptions.Section).ValidateDataAnnotations();
        services.AddOptions<SubscriptionOptions>().BindConfiguration(SubscriptionOptions.Section);
        services.AddOptions<GraphQLHttpOptions>().BindConfiguration(GraphQLHttpOptions.Section);
        services.AddOptions<GraphQLWebSocketOptions>().BindConfiguration(KnownSettings.WebSockets);
        services.AddOptions<ConnectionLimitsOptions>().BindConfiguration(ConnectionLimitsOptions.Section);
        services.AddOptions<ShutdownOptions>().BindConfiguration(ShutdownOptions.Section);
        services.AddOptions<MemoryOptions>().BindConfiguration(MemoryOptions.Section);
        services.AddOptions<GraphQLCorsOptions>().BindConfiguration(GraphQLCorsOptions.Section);
        services.AddOptions<IdeOptions>().BindConfiguration(IdeOptions.Section);
        return services.AddGraphQLExecution().AddGraphQLTransports().AddGraphQLWebSockets();
    }
}
