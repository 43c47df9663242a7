using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Connections;
using NewsGraph.Transports.Http;

namespace NewsGraph.Transports.WebSockets;

/// <summary>Serves upgrade requests: negotiates the sub-protocol and runs the connection until it ends.</summary>
internal sealed class GraphQLWebSocketHandler
{
    private readonly WebSocketMiddleware _handshake;
    private readonly ConnectionRegistry _registry;
    private readonly ConnectionServices _services;
    private readonly OriginPolicy _origins;

    public GraphQLWebSocketHandler(
        IOperationExecutor executor,
        ConnectionRegistry registry,
        AddressLimits addresses,
        OriginPolicy origins,
        IOptions<GraphQLWebSocketOptions> options,
        TimeProvider clock,
        ILoggerFactory loggerFactory,
        IConnectionInitHandler? initHandler = null)
    {
        _registry = registry;
        _origins = origins;
        _services = new ConnectionServices(
            executor, initHandler, addresses, options.Value, clock, loggerFactory.CreateLogger<GraphQLWebSocketHandler>());

        // The protocols have their own keep-alive; the platform's would cost a timer per connection.
        // Origins are decided on here, by the same list as over HTTP.
        var handshake = new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan };
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
    public async Task HandleAsync(HttpContext context)
    {
        if (IsUpgradeRequest(context) && !_origins.AllowsSocket(context.Request))
        {
            await RefuseAsync(context, RequestRefusal.OriginNotAllowed);
            return;
        }

        // Clients take a refused upgrade for a broken address and give up; a close code they understand. So whoever may
        // come back later is let in to be told so.
        using var place = _services.Addresses.TryOpen(context.Connection.RemoteIpAddress, toSendAway: true);
        if (place is null)
        {
            await RefuseAsync(context, RequestRefusal.TooManyConnections);
            return;
        }

        context.Features.Set(place);
        CoalescingUpgrade.Install(context);
        await _handshake.Invoke(context);
    }

    private Task RefuseAsync(HttpContext context, RequestRefusal refusal) => ResultSender.RefuseAsync(context, _services.Executor, refusal);

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
            else if (context.Features.Get<AddressPlace>() is { IsExcess: true })
            {
                connection.Close(CloseCode.TryAgainLater, CloseReason.TooManyConnections(RequestRefusal.TooManyConnections.RetryAfter!.Value));
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
