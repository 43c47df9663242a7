using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Http;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Adds GraphQL over WebSocket to an application.</summary>
public static class WebSocketRegistration
{
    /// <summary>
    /// Registers the WebSocket transport. It needs an <see cref="Engine.Execution.IOperationExecutor"/>, and uses an
    /// <see cref="IConnectionInitHandler"/> if there is one. The options are checked when the host starts.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options; null to leave the defaults.</param>
    public static IServiceCollection AddGraphQLWebSockets(this IServiceCollection services, Action<GraphQLWebSocketOptions>? configure = null)
    {
        var options = services.AddOptions<GraphQLWebSocketOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddClientConnections();
        services.AddOriginPolicy();
        services.TryAddSingleton<GraphQLWebSocketHandler>();
        return services;
    }

    /// <summary>Maps a path that serves WebSockets only; other requests get status 400.</summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The path.</param>
    public static IEndpointConventionBuilder MapGraphQLWebSockets(this IEndpointRouteBuilder endpoints, string pattern = "/graphql/ws")
    {
        var handler = endpoints.ServiceProvider.GetRequiredService<GraphQLWebSocketHandler>();
        return endpoints.Map(pattern, handler.HandleAsync);
    }
}
