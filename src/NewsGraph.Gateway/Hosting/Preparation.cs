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
    // What readers ask for most, so that its statements are translated and prepared: parts that can be prepared side by side.
    internal const string Pages =
        """
        query front($ask: Boolean!) {
          articles(first: 2) @include(if: $ask) {
            nodes { id slug title standfirst publishedAt commentCount tags { name slug } }
            pageInfo { hasNextPage endCursor }
          }
        }
        query related($ask: Boolean!) {
          articles(first: 2) @include(if: $ask) { nodes { id relatedPosts(first: 5) { article { id slug title publishedAt tags { name } } } } }
        }
        query comments($ask: Boolean!) {
          articles(first: 2) @include(if: $ask) {
            nodes {
              id
              comments(first: 2) {
                totalCount
                nodes { id authorName bodyText createdAt likeCount replies(first: 3) { nodes { id authorName bodyText createdAt likeCount } } }
              }
            }
          }
        }
        """;

    private static readonly JsonElement Dry = JsonElement.Parse("{\"ask\":false}");
    private static readonly JsonElement Ask = JsonElement.Parse("{\"ask\":true}");

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

        await Task.WhenAll(
            AskAsync("front", Ask, cancellationToken),
            AskAsync("related", Ask, cancellationToken),
            AskAsync("comments", Ask, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task AskAsync(string page, JsonElement variables, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var request = new OperationRequest { Query = Pages, OperationName = page, Variables = variables };
            using var result = await executor.ExecuteAsync(request, cancellationToken);
        },
        cancellationToken);

    [LoggerMessage(103, LogLevel.Information, "The database was empty: {Articles} articles of demo content were loaded.")]
    private static partial void LogDemo(ILogger logger, int articles);
}
