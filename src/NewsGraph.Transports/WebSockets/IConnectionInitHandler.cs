using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// Decides on a client's <c>connection_init</c>: the place for a token in its payload, since a browser cannot set
/// headers on a WebSocket. Optional; without one every client is accepted and the payload is not read.
/// </summary>
public interface IConnectionInitHandler
{
    /// <summary>Decides on one connection. It may throw: the client is then closed with 1011.</summary>
    /// <param name="context">The upgrade request.</param>
    /// <param name="payload">The payload; <see cref="JsonValueKind.Undefined"/> when absent. Valid during the call only.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    ValueTask<ConnectionInitResult> HandleAsync(HttpContext context, JsonElement payload, CancellationToken cancellationToken);
}

/// <summary>The answer to a <c>connection_init</c>.</summary>
public sealed class ConnectionInitResult
{
    private ConnectionInitResult()
    {
    }

    /// <summary>Whether the client may go on.</summary>
    public bool IsAccepted { get; private init; }

    /// <summary>Whom the connection's operations run as from here on; null for the upgrade request's user.</summary>
    public ClaimsPrincipal? User { get; private init; }

    /// <summary>The acknowledgement's payload as a JSON object in UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> Payload { get; private init; }

    /// <summary>What a refused client of the legacy sub-protocol reads.</summary>
    public string Message { get; private init; } = CloseReason.Refused;

    /// <summary>Lets the client in.</summary>
    /// <param name="user">Whom its operations run as; null for the upgrade request's user.</param>
    /// <param name="payload">The acknowledgement's payload as a JSON object in UTF-8; empty for none.</param>
    public static ConnectionInitResult Accept(ClaimsPrincipal? user = null, ReadOnlyMemory<byte> payload = default) =>
        new() { IsAccepted = true, User = user, Payload = payload };

    /// <summary>Turns the client away.</summary>
    /// <param name="message">Why, for the client.</param>
    public static ConnectionInitResult Refuse(string message) => new() { Message = message };
}
