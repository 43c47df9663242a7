using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Serves upgrade requests: negotiates the sub-protocol and runs the connection until it ends.</summary>
internal sealed class GraphQLWebSocketHandler
{
    private readonly WebSocketMiddleware _handshake;
    private readonly ConnectionRegistry _registry;
    private readonly ConnectionServices _services;

    public GraphQLWebSocketHandler(
        IOperationExecutor executor,
        ConnectionRegistry registry,
        IOptions<GraphQLWebSocketOptions> options,
        TimeProvider clock,
        ILoggerFactory loggerFactory,
        IConnectionInitHandler? initHandler = null)
    {
        _registry = registry;
        _services = new ConnectionServices(executor, initHandler, options.Value, clock, loggerFactory.CreateLogger<GraphQLWebSocketHandler>());

        // The protocols have their own keep-alive; the platform's would cost a timer per connection.
        var handshake = new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        foreach (var origin in options.Value.AllowedOrigins)
        {
            handshake.AllowedOrigins.Add(origin);
        }

        _handshake = new WebSocketMiddleware(ServeAsync, Options.Create(handshake), loggerFactory);
    }

    /// <summary>Whether a request asks for a WebSocket; it need not have passed ASP.NET Core's WebSocket middleware.</summary>
    public static bool IsUpgradeRequest(HttpContext context)
    {
        if (context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true })
        {
            return true;
        }

        return context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
            || (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
                && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Serves a request; completes when the connection has ended. Status 400 if it asks for no WebSocket.</summary>
    public Task HandleAsync(HttpContext context)
    {
        CoalescingUpgrade.Install(context);
        return _handshake.Invoke(context);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var offered = context.WebSockets.WebSocketRequestedProtocols;
        var protocol = SubProtocol.All.FirstOrDefault(candidate => offered.Contains(candidate.Name));
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = protocol?.Name });
        var socket = new MessageSocket(webSocket, context.Features.Get<CoalescingUpgrade>()?.Stream, context, _services.Options.MaxMessageSize);
        var connection = new WebSocketConnection(socket, protocol ?? SubProtocol.All[0], context, _services);
        _registry.Add(connection);
        try
        {
            if (protocol is null)
            {
                connection.Close(CloseCode.ProtocolError, CloseReason.NoSubProtocol);
            }

            await connection.RunAsync();
        }
        finally
        {
            _registry.Remove(connection);
            socket.Release();
        }
    }
}
