using System.Net.WebSockets;
using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>A subscription over WebSocket.</summary>
internal sealed class SocketConnection : IEventConnection
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[4096];

    private SocketConnection() => _socket.Options.AddSubProtocol("graphql-transport-ws");

    public static async Task<SocketConnection> OpenAsync(Uri endpoint, string articleId, string after, CancellationToken cancellationToken)
    {
        var connection = new SocketConnection();
        try
        {
            var scheme = endpoint.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            await connection._socket.ConnectAsync(new UriBuilder(endpoint) { Scheme = scheme }.Uri, cancellationToken);
            await connection.SendAsync(new { type = "connection_init" }, cancellationToken);
            await connection.AwaitAcknowledgementAsync(cancellationToken);
            var payload = new { query = ReceivedEvent.Subscription, variables = new { articleId, after } };
            await connection.SendAsync(new { id = "1", type = "subscribe", payload }, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<ReceivedEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await ReceiveAsync(cancellationToken);
            switch (message.GetProperty("type").GetString())
            {
                case "next":
                    return ReceivedEvent.OfResult(message.GetProperty("payload"));
                case "error":
                    throw new DrillRefusedException(DrillRefusedException.Describe(message.GetProperty("payload")));
                case "complete":
                    return null;
                case "ping":
                    await SendAsync(new { type = "pong" }, cancellationToken);
                    break;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AwaitAcknowledgementAsync(CancellationToken cancellationToken)
    {
        while ((await ReceiveAsync(cancellationToken)).GetProperty("type").GetString() != "connection_ack")
        {
            // A ping; the acknowledgement follows.
        }
    }

    private async Task SendAsync(object message, CancellationToken cancellationToken) =>
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellationToken);

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }

            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException($"closed with {(int?)_socket.CloseStatus}: {_socket.CloseStatusDescription}");
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
            }
        }
    }
}
