using System.Net.Http.Json;
using System.Text.Json;

namespace NewsGraph.Testing.Gateway;

/// <summary>A subscription over SSE.</summary>
public sealed class EventStream : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpClient http, HttpResponseMessage response, StreamReader reader) =>
        (_http, _response, _reader) = (http, response, reader);

    /// <summary>The id of the last event that had one.</summary>
    public string? LastId { get; private set; }

    /// <summary>Subscribes; complete when the subscription stands.</summary>
    /// <param name="url">The endpoint.</param>
    /// <param name="query">The operation.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="lastEventId">The id to resume after, or null.</param>
    public static async Task<EventStream> OpenAsync(string url, string query, object? variables = null, string? lastEventId = null)
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Waiting.Limit);
        response.EnsureSuccessStatusCode();
        return new EventStream(http, response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next result; fails when the stream ends or none comes in time.</summary>
    public Task<JsonElement> NextAsync() => ReadNextAsync().WaitAsync(Waiting.Limit);

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    // The limit is the caller's: a silent stream carries lines, too.
    private async Task<JsonElement> ReadNextAsync()
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync();
            Assert.NotNull(line);
            Assert.NotEqual("event: complete", line);
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                LastId = line["id: ".Length..];
            }

            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<JsonElement>(line.AsSpan("data: ".Length));
            }
        }
    }
}
