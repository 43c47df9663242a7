using System.Text.Json;
using NewsGraph.Transports.Connections;

namespace NewsGraph.Transports.WebSockets;

/// <summary>
/// What differs between the two sub-protocols: how a client's messages are acted on, and how the server's are built.
/// Without state; all state is in the <see cref="WebSocketConnection"/>.
/// </summary>
internal abstract class SubProtocol
{
    private static readonly TimeSpan ReconnectWindow = TimeSpan.FromSeconds(5);

    /// <summary>In the order of preference when a client offers both.</summary>
    public static IReadOnlyList<SubProtocol> All { get; } = [new GraphQLTransportWsProtocol(), new LegacyGraphQLWsProtocol()];

    /// <summary>The name that is negotiated.</summary>
    public abstract string Name { get; }

    /// <summary>What is sent at intervals to an initialized client.</summary>
    public abstract ReadOnlyMemory<byte> KeepAlive { get; }

    /// <summary>Whether clients answer what is sent at intervals, so that silence means that they are gone.</summary>
    public abstract bool AnswersPings { get; }

    /// <summary>How a client is closed that does not initialize in time.</summary>
    public abstract CloseCode InitTimeoutCode { get; }

    /// <summary>How a client is closed whose message cannot be understood.</summary>
    public abstract CloseCode InvalidMessageCode { get; }

    /// <summary>Acts on a message.</summary>
    public abstract ValueTask HandleAsync(WebSocketConnection connection, ClientMessage message);

    /// <summary>A result message up to its payload.</summary>
    public abstract ReadOnlyMemory<byte> NextHead(string id);

    /// <summary>The message that an operation was refused.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="errorsJson">The array of its errors.</param>
    public abstract OutgoingMessage Error(SocketOperation operation, ReadOnlyMemory<byte> errorsJson);

    /// <summary>The message that an operation has ended.</summary>
    public static OutgoingMessage Complete(SocketOperation operation) => new(ServerMessage.OfOperation("complete", operation.Id), operation);

    /// <summary>Starts the operation that a message asks for.</summary>
    protected void Start(WebSocketConnection connection, ClientMessage message, CloseCode duplicateCode)
    {
        if (message.Id is null || SubscribePayload.TryRead(message.Payload) is not { } request)
        {
            connection.Close(InvalidMessageCode, CloseReason.InvalidSubscribe);
        }
        else if (!connection.TryStart(message.Id, request))
        {
            connection.Close(duplicateCode, CloseReason.DuplicateId);
        }
    }

    /// <summary>Stops the operation that a message names.</summary>
    protected void Stop(WebSocketConnection connection, ClientMessage message)
    {
        if (message.Id is null)
        {
            connection.Close(InvalidMessageCode, CloseReason.InvalidType);
        }
        else
        {
            connection.Operations.Stop(message.Id);
        }
    }

    /// <summary>Acts on <c>connection_init</c>: acknowledges or refuses.</summary>
    protected async ValueTask InitializeAsync(WebSocketConnection connection, ReadOnlyMemory<byte> payload)
    {
        if (connection.WaitToInitialize() is { } wait && wait > TimeSpan.Zero)
        {
            // Those who wait began at about the same time and must not come back so.
            connection.Close(CloseCode.TryAgainLater, CloseReason.TryAgainIn(Jitter.Between(wait, wait + ReconnectWindow)));
            return;
        }

        var result = ConnectionInitResult.Accept();
        if (connection.InitHandler is { } handler)
        {
            JsonDocument? document = null;
            try
            {
                document = payload.IsEmpty ? null : JsonDocument.Parse(payload);
                result = await handler.HandleAsync(connection.Context, document?.RootElement ?? default, connection.Context.RequestAborted);
            }
            finally
            {
                document?.Dispose();
            }
        }

        if (!result.IsAccepted)
        {
            Refuse(connection, result.Message);
            return;
        }

        connection.User = result.User ?? connection.User;
        connection.MarkInitialized();
        connection.Send(result.Payload.IsEmpty
            ? new OutgoingMessage(ServerMessage.ConnectionAck)
            : new OutgoingMessage(ServerMessage.ConnectionAckHead, result.Payload, operation: null));
    }

    /// <summary>Turns a client away.</summary>
    protected abstract void Refuse(WebSocketConnection connection, string message);
}
