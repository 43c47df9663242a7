using Microsoft.Extensions.Logging;
using NewsGraph.Engine.Execution;
using NewsGraph.Transports.Connections;

namespace NewsGraph.Transports.WebSockets;

/// <summary>What all connections share.</summary>
/// <param name="Executor">Runs the operations.</param>
/// <param name="InitHandler">Decides on connections; null to accept all.</param>
/// <param name="Addresses">What each address may take.</param>
/// <param name="Options">The limits.</param>
/// <param name="Clock">The time.</param>
/// <param name="Logger">Hears of closed connections and failures.</param>
internal sealed record ConnectionServices(
    IOperationExecutor Executor,
    IConnectionInitHandler? InitHandler,
    AddressLimits Addresses,
    GraphQLWebSocketOptions Options,
    TimeProvider Clock,
    ILogger Logger);

/// <summary>The log messages of this folder.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(1, LogLevel.Debug, "A WebSocket is closed with {Code}: {Reason}")]
    public static partial void Closed(ILogger logger, int code, string reason);

    [LoggerMessage(2, LogLevel.Error, "A WebSocket operation failed unexpectedly")]
    public static partial void Failed(ILogger logger, Exception exception);
}
