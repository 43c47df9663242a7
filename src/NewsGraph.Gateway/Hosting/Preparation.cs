using System.Text.Json;
using NewsGraph.Engine.Execution;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// What happens before the gateway listens: the database is brought up to date, in Development an empty one gets the
/// demo content, and what readers ask for most is asked, so that the first of them does not pay for the first look at everything.
/// </summary>
internal sealed partial class Preparation(
    DatabaseSetup database, DemoContent demo, IOperationExecutor executor, IHostEnvironment environment, ILogger<Preparation> logger)
    : IHostedLifecycleService
{
    // What readers ask for most, so that its statements are prepared: parts that can be prepared side by side.
    internal const string Pages =
        """
        query front($ask: Boolean!) {
          articles(first: 2) @include(if: $ask) {
            nodes { id slug title standfirst publishedAt commentCount tags { name slug } }
            pageInfo { hasNextPage endCursor }
          }
        }
        query article($slug: String!) { articleBySlug(slug: $slug) { id slug title standfirst body publishedAt tags { name slug } } }
        query related($slug: String!) {
          articleBySlug(slug: $slug) { id relatedPosts(first: 5) { article { id slug title publishedAt tags { name } } } }
        }
        query comments($slug: String!) {
          articleBySlug(slug: $slug) {
            id
            comments(first: 20) {
              totalCount
              nodes { id authorName bodyText createdAt likeCount replies(first: 3) { nodes { id authorName bodyText createdAt likeCount } } }
            }
          }
        }
        """;

    private const string Dry = "{\"ask\":false}";
    private const string Ask = "{\"ask\":true}";

    internal static readonly string[] ArticlePages = ["article", "related", "comments"];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Two halves of a start that do not need each other: the database with its model, and the schema with the documents.
        await Task.WhenAll(
            Task.Run(() => database.PrepareAsync(cancellationToken), cancellationToken),
            AskAsync("front", Dry, cancellationToken));
        if (environment.IsDevelopment() && await demo.LoadIntoEmptyAsync(cancellationToken) is var articles and > 0)
        {
            LogDemo(logger, articles);
        }

        if (SlugOn(await AskAsync("front", Ask, cancellationToken)) is { } slug)
        {
            var variables = $"{{\"slug\":\"{JsonEncodedText.Encode(slug)}\"}}";
            await Task.WhenAll(ArticlePages.Select(page => AskAsync(page, variables, cancellationToken)));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<JsonElement> AskAsync(string page, string variables, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var request = new OperationRequest { Query = Pages, OperationName = page, Variables = JsonElement.Parse(variables) };
            using var result = await executor.ExecuteAsync(request, cancellationToken);
            return JsonElement.Parse(result.Json.Span);
        },
        cancellationToken);

    // None where there is no article, or the operator's limits refuse the page: asking first is a help, not a condition.
    private static string? SlugOn(JsonElement front) =>
        front.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Object
        && data.GetProperty("articles").GetProperty("nodes").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } article
            ? article.GetProperty("slug").GetString()
            : null;

    [LoggerMessage(103, LogLevel.Information, "The database was empty: {Articles} articles of demo content were loaded.")]
    private static partial void LogDemo(ILogger logger, int articles);
}
