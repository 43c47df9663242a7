using System.Net.WebSockets;
using System.Text.Json;

namespace NewsGraph.Benchmarks;

/// <summary>A client of <c>graphql-transport-ws</c> with one subscription, which answers pings and waits.</summary>
internal sealed class WaitingSubscriber : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    private WaitingSubscriber() => _socket.Options.AddSubProtocol("graphql-transport-ws");

    /// <summary>Complete when an event came; failed when the server ended the subscription.</summary>
    public Task Received => _received.Task;

    /// <summary>Connects and subscribes; complete when the server has taken the subscription up.</summary>
    public static async Task<WaitingSubscriber> OpenAsync(Uri address, string query, string articleId, CancellationToken cancellationToken)
    {
        var subscriber = new WaitingSubscriber();
        await subscriber._socket.ConnectAsync(address, cancellationToken);
        await subscriber.SendAsync(new { type = "connection_init" }, cancellationToken);
        await subscriber.ExpectAsync("connection_ack", cancellationToken);
        await subscriber.SendAsync(new { id = "1", type = "subscribe", payload = new { query, variables = new { articleId } } }, cancellationToken);

        // The protocol does not confirm a subscription; that it is read shows in the answer to what is sent after it.
        await subscriber.SendAsync(new { type = "ping" }, cancellationToken);
        await subscriber.ExpectAsync("pong", cancellationToken);
        subscriber._reading = subscriber.ReadAsync();
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                switch (await NextTypeAsync(buffer, _stop.Token))
                {
                    case "ping":
                        await SendAsync(new { type = "pong" }, _stop.Token);
                        break;
                    case "next":
                        _received.TrySetResult();
                        break;
                    case "error" or "complete" or null:
                        _received.TrySetException(new InvalidOperationException("The server ended the subscription."));
                        return;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            _received.TrySetException(exception);
        }
    }

    private async Task ExpectAsync(string type, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var got = await NextTypeAsync(buffer, cancellationToken);
        while (got == "ping")
        {
            await SendAsync(new { type = "pong" }, cancellationToken);
            got = await NextTypeAsync(buffer, cancellationToken);
        }

        if (got != type)
        {
            throw new InvalidOperationException($"The server sent '{got}' where '{type}' was due.");
        }
    }

    private async Task<string?> NextTypeAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
                return message.RootElement.GetProperty("type").GetString();
            }
        }
    }

    private async Task SendAsync(object message, CancellationToken cancellationToken) =>
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellationToken);
}
