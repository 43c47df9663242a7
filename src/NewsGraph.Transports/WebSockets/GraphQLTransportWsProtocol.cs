namespace NewsGraph.Transports.WebSockets;

/// <summary>The current sub-protocol, <c>graphql-transport-ws</c>.</summary>
internal sealed class GraphQLTransportWsProtocol : SubProtocol
{
    public override string Name => "graphql-transport-ws";

    public override ReadOnlyMemory<byte> KeepAlive => ServerMessage.Ping;

    public override bool AnswersPings => true;

    public override CloseCode InitTimeoutCode => CloseCode.InitTimeout;

    public override CloseCode InvalidMessageCode => CloseCode.InvalidMessage;

    public override ValueTask HandleAsync(WebSocketConnection connection, ClientMessage message)
    {
        switch (message.Type)
        {
            case ClientMessageType.ConnectionInit when connection.IsInitialized:
                connection.Close(CloseCode.TooManyInits, CloseReason.TooManyInits);
                break;

            case ClientMessageType.ConnectionInit:
                return InitializeAsync(connection, message.Payload);

            case ClientMessageType.Ping:
                connection.Send(new OutgoingMessage(ServerMessage.Pong));
                break;

            case ClientMessageType.Pong:
                break;

            case ClientMessageType.Subscribe when !connection.IsInitialized:
                connection.Close(CloseCode.Unauthorized, CloseReason.Unauthorized);
                break;

            case ClientMessageType.Subscribe:
                Start(connection, message, CloseCode.DuplicateId);
                break;

            case ClientMessageType.Complete:
                Stop(connection, message);
                break;

            default:
                connection.Close(CloseCode.InvalidMessage, CloseReason.InvalidType);
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override ReadOnlyMemory<byte> NextHead(string id) => ServerMessage.Head("next", id);

    public override OutgoingMessage Error(SocketOperation operation, ReadOnlyMemory<byte> errorsJson) =>
        new(ServerMessage.Head("error", operation.Id), errorsJson, operation);

    protected override void Refuse(WebSocketConnection connection, string message) =>
        connection.Close(CloseCode.Unauthorized, CloseReason.Refused);
}
