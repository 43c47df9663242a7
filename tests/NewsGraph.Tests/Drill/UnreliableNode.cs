using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace NewsGraph.Tests.Drill;

/// <summary>What a node does wrong with every tenth event.</summary>
public enum Unreliability
{
    None,
    Loses,
    Doubles,
    Swaps,
    Invents,
    ForgetsAcknowledged,
    Resets,
}

/// <summary>
/// As much of a gateway as the drill needs, with a feed in memory and a fault on purpose: a drill that finds nothing wrong
/// means something only if it finds what is.
/// </summary>
internal sealed class UnreliableNode : IAsyncDisposable
{
    private const int Every = 10;

    private readonly Lock _gate = new();
    private readonly List<string> _comments = [];
    private readonly Unreliability _fault;
    private readonly WebApplication _app;
    private TaskCompletionSource _changed = NewSignal();
    private int _refused;

    private UnreliableNode(Unreliability fault)
    {
        _fault = fault;
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/graphql", AnswerAsync);
    }

    public Uri Endpoint => new(_app.Urls.Single() + "/graphql");

    /// <summary>The next so many posts are stored, but answered with an error.</summary>
    public void RefuseAfterStoring(int count) => _refused = count;

    public static async Task<UnreliableNode> StartAsync(Unreliability fault)
    {
        var node = new UnreliableNode(fault);
        await node._app.StartAsync();
        return node;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var (query, variables) = (request.GetProperty("query").GetString()!, request.GetProperty("variables"));
        if (query.Contains("onCommentFeed", StringComparison.Ordinal))
        {
            await StreamAsync(context, variables);
        }
        else
        {
            await Answer(query, variables).ExecuteAsync(context);
        }
    }

    private JsonHttpResult<object> Answer(string query, JsonElement variables)
    {
        if (query.Contains("addComment", StringComparison.Ordinal))
        {
            return Store(variables.GetProperty("input").GetProperty("body").GetString()!)
                ? Data(new { addComment = new { comment = new { id = "1" }, errors = (object?)null } })
                : TypedResults.Json<object>(new { errors = new[] { new { message = "Out of order" } } }, statusCode: 500);
        }

        if (query.Contains("commentFeed", StringComparison.Ordinal))
        {
            var from = variables.TryGetProperty("after", out var after) ? Number(after.GetString()) : Snapshot().Count;
            var page = Snapshot().Skip(from).Take(3).Select((text, i) => Event(from + i + 1, text)).ToList();
            return Data(new { commentFeed = new { events = page, position = $"{from + page.Count}", hasMore = from + page.Count < Snapshot().Count } });
        }

        var article = new { id = "1", slug = "front", commentsOpen = true };
        return Data(new { articles = new { nodes = new[] { article } } });
    }

    private bool Store(string text)
    {
        lock (_gate)
        {
            var forgotten = _fault == Unreliability.ForgetsAcknowledged && text.EndsWith('5');
            if (!forgotten && !_comments.Contains(text))
            {
                _comments.Add(text);
                _changed.SetResult();
                _changed = NewSignal();
            }
        }

        return Interlocked.Decrement(ref _refused) < 0;
    }

    private async Task StreamAsync(HttpContext context, JsonElement variables)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        var next = Number(last.Length > 0 ? last : variables.GetProperty("after").GetString()) + 1;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var (changed, all) = (Changed(), Snapshot());
            for (; next <= all.Count; next++)
            {
                foreach (var number in Deliveries(next))
                {
                    await SendAsync(context.Response, number, number > 0 && number <= all.Count ? all[number - 1] : "Made up");
                }
            }

            await changed.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<int> Deliveries(int number) => (_fault, number % Every) switch
    {
        (Unreliability.Loses, 5) => [],
        (Unreliability.Doubles, 5) => [number, number],
        (Unreliability.Swaps, 5) => [],
        (Unreliability.Swaps, 6) => [number, number - 1],
        (Unreliability.Invents, 5) => [number, 1_000_000 + number],
        (Unreliability.Resets, 5) => [number, -number],
        _ => [number],
    };

    private static Task SendAsync(HttpResponse response, int number, string text)
    {
        object received = number < 0 ? new { __typename = "FeedReset", position = $"{-number}" } : Event(number, text);
        var data = JsonSerializer.Serialize(new { data = new { onCommentFeed = received } });
        return response.WriteAsync($"event: next\nid: {Math.Abs(number)}\ndata: {data}\n\n");
    }

    private static object Event(int number, string text) => new { __typename = "CommentAdded", position = $"{number}", comment = new { bodyText = text } };

    private static JsonHttpResult<object> Data(object data) => TypedResults.Json<object>(new { data });

    private static int Number(string? position) => int.Parse(position!, System.Globalization.CultureInfo.InvariantCulture);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<string> Snapshot()
    {
        lock (_gate)
        {
            return [.. _comments];
        }
    }

    private Task Changed()
    {
        lock (_gate)
        {
            return _changed.Task;
        }
    }
}
