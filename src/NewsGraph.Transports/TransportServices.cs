using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsGraph.Transports.Http;
using NewsGraph.Transports.Ide;
using NewsGraph.Transports.Sdl;
using NewsGraph.Transports.Sse;
using NewsGraph.Transports.WebSockets;

namespace NewsGraph.Transports;

/// <summary>Registers and maps the GraphQL endpoint.</summary>
public static class TransportServices
{
    /// <summary>
    /// Adds everything <see cref="MapGraphQL"/> needs but the engine and the schema. Configure with
    /// <see cref="GraphQLHttpOptions"/>, <see cref="GraphQLWebSocketOptions"/> (both are checked when the host starts) and
    /// <see cref="IdeOptions"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddGraphQLTransports(this IServiceCollection services)
    {
        services.AddOptions<GraphQLHttpOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IdeOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddGraphQLWebSockets();
        services.TryAddSingleton<StreamSender>();
        services.TryAddSingleton<KeptResponses>();
        services.TryAddSingleton<ResultSender>();
        services.TryAddSingleton<SchemaEndpoint>();
        services.TryAddSingleton<IdeEndpoint>();
        services.TryAddSingleton<GraphQLEndpoint>();
        return services;
    }

    /// <summary>Serves operations, streams, sockets, the schema and the IDE at a path and below it.</summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="path">The path, without a slash at its end.</param>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path = "/graphql")
    {
        var handler = endpoints.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        var prefix = new PathString(path);
        return endpoints.Map(path + "/{**slug}", context =>
        {
            context.Request.Path.StartsWithSegments(prefix, out var rest);
            return handler.HandleAsync(context, rest.Value ?? "");
        });
    }
}
