using System.Net.WebSockets;
using System.Text;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>A real client socket that speaks text and gives up after a while.</summary>
internal sealed class SocketClient : IDisposable
{
    public const string Modern = "graphql-transport-ws";
    public const string Legacy = "graphql-ws";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _limit = new(Patience);

    public ClientWebSocket Socket { get; } = new();

    public static async Task<SocketClient> ConnectAsync(Uri address, string? subProtocol = Modern, Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new SocketClient();
        if (subProtocol is not null)
        {
            client.Socket.Options.AddSubProtocol(subProtocol);
        }

        configure?.Invoke(client.Socket.Options);
        await client.Socket.ConnectAsync(address, client._limit.Token);
        return client;
    }

    /// <summary>Connects and initializes.</summary>
    public static async Task<SocketClient> OpenAsync(Uri address, string subProtocol = Modern, Action<ClientWebSocketOptions>? configure = null)
    {
        var client = await ConnectAsync(address, subProtocol, configure);
        await client.SendAsync("""{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.ReceiveAsync());
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true) =>
        Socket.SendAsync(bytes, type, end, _limit.Token);

    public Task SubscribeAsync(string id, string query = "stream") =>
        SendAsync($$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{{{query}}}"}}""");

    public async Task<string> ReceiveAsync()
    {
        return await ReceiveTextAsync() ?? $"closed: {(int?)Socket.CloseStatus} {Socket.CloseStatusDescription}";
    }

    /// <summary>Receives until a message contains a text, and returns that message.</summary>
    public async Task<string> ReceiveUntilAsync(string text)
    {
        while (true)
        {
            var received = await ReceiveAsync();
            if (received.Contains(text, StringComparison.Ordinal) || received.StartsWith("closed:", StringComparison.Ordinal))
            {
                return received;
            }
        }
    }

    /// <summary>Receives until the server closes, and says how.</summary>
    public async Task<(int Code, string? Reason)> CloseAsync()
    {
        while (await ReceiveTextAsync() is not null)
        {
        }

        return ((int)Socket.CloseStatus!.Value, Socket.CloseStatusDescription);
    }

    /// <summary>Sends the client's own close frame.</summary>
    public Task AnswerCloseAsync() => Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", _limit.Token);

    /// <summary>Waits until everything sent so far has been handled, and returns what arrived meanwhile.</summary>
    public async Task<List<string>> SyncAsync()
    {
        await SendAsync("""{"type":"ping"}""");
        return await PongAsync();
    }

    /// <summary>Waits for the next pong.</summary>
    /// <returns>What came before it.</returns>
    public async Task<List<string>> PongAsync()
    {
        var seen = new List<string>();
        while (await ReceiveAsync() is var text && text != """{"type":"pong"}""")
        {
            Assert.DoesNotContain("closed:", text, StringComparison.Ordinal);
            seen.Add(text);
        }

        return seen;
    }

    public void Dispose()
    {
        Socket.Dispose();
        _limit.Dispose();
    }

    private async Task<string?> ReceiveTextAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await Socket.ReceiveAsync(buffer.AsMemory(), _limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }
}
