using System.Text.Json;

namespace NewsGraph.Gateway.Drill;

/// <summary>A subscription over server-sent events.</summary>
internal sealed class StreamConnection : IEventConnection
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private StreamConnection(HttpResponseMessage response, Stream stream) => (_response, _reader) = (response, new StreamReader(stream));

    /// <param name="http">The client to ask with.</param>
    /// <param name="endpoint">The node.</param>
    /// <param name="articleId">The article.</param>
    /// <param name="start">Where the reader began: the argument <c>after</c>, the same for its whole life.</param>
    /// <param name="last">The last position it got, or null: the header <c>Last-Event-ID</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StreamConnection> OpenAsync(
        HttpClient http, Uri endpoint, string articleId, string start, string? last, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = JsonContent.Create(new { query = ReceivedEvent.Subscription, variables = new { articleId, after = start } }),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        try
        {
            response.EnsureSuccessStatusCode();
            return new StreamConnection(response, await response.Content.ReadAsStreamAsync(cancellationToken));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public async ValueTask<ReceivedEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        var id = "";
        while (await _reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == "event: complete")
            {
                return null;
            }

            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var received = ReceivedEvent.OfResult(JsonSerializer.Deserialize<JsonElement>(line.AsSpan(6)));
                return received.Position == id
                    ? received
                    : throw new InvalidDataException($"the stream's id '{id}' is not the event's position '{received.Position}'");
            }
        }

        throw new IOException("the stream was cut");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
