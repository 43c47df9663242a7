namespace NewsGraph.Transports.WebSockets;

/// <summary>The legacy sub-protocol, confusingly named <c>graphql-ws</c>; Strawberry Shake and older Apollo clients speak it.</summary>
internal sealed class LegacyGraphQLWsProtocol : SubProtocol
{
    public override string Name => "graphql-ws";

    public override ReadOnlyMemory<byte> KeepAlive => ServerMessage.LegacyKeepAlive;

    public override bool AnswersPings => false;

    public override CloseCode InitTimeoutCode => CloseCode.ProtocolError;

    public override CloseCode InvalidMessageCode => CloseCode.ProtocolError;

    public override ValueTask HandleAsync(WebSocketConnection connection, ClientMessage message)
    {
        switch (message.Type)
        {
            case ClientMessageType.ConnectionInit when connection.IsInitialized:
                connection.Close(CloseCode.ProtocolError, CloseReason.TooManyInits);
                break;

            case ClientMessageType.ConnectionInit:
                return InitializeAsync(connection, message.Payload);

            case ClientMessageType.ConnectionTerminate:
                connection.Close(CloseCode.Normal, CloseReason.Terminated);
                break;

            case ClientMessageType.Start when connection.IsInitialized:
                Start(connection, message, CloseCode.ServerError);
                break;

            case ClientMessageType.Stop when connection.IsInitialized:
                Stop(connection, message);
                break;

            default:
                connection.Close(CloseCode.ProtocolError, CloseReason.InvalidType);
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override ReadOnlyMemory<byte> NextHead(string id) => ServerMessage.Head("data", id);

    public override OutgoingMessage Error(SocketOperation operation, ReadOnlyMemory<byte> errorsJson) =>
        new(ServerMessage.Head("error", operation.Id), ServerMessage.FirstElement(errorsJson), operation);

    protected override void Refuse(WebSocketConnection connection, string message)
    {
        connection.Send(new OutgoingMessage(ServerMessage.LegacyConnectionError(message)));
        connection.Close(CloseCode.Normal, CloseReason.Refused);
    }
}
