using NewsGraph.Engine.Execution;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// What happens before the gateway listens: the database is brought up to date, in Development an empty one gets the
/// demo content, and one query is run, so that the first reader does not pay for the first look at everything.
/// </summary>
internal sealed partial class Preparation(
    DatabaseSetup database, DemoContent demo, IOperationExecutor executor, IHostEnvironment environment, ILogger<Preparation> logger)
    : IHostedLifecycleService
{
    // What readers ask for most, so that its statements are translated and prepared.
    private const string WarmUp =
        """
        {
          articles(first: 2) {
            nodes {
              id slug title standfirst publishedAt commentCount tags { name slug }
              relatedPosts(first: 5) { article { id slug title } }
              comments(first: 2) { totalCount nodes { id authorName bodyText createdAt replies(first: 3) { nodes { id } } } }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        if (environment.IsDevelopment() && await demo.LoadIntoEmptyAsync(cancellationToken) is var articles and > 0)
        {
            LogDemo(logger, articles);
        }

        await executor.ExecuteAsync(new OperationRequest { Query = WarmUp }, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(103, LogLevel.Information, "The database was empty: {Articles} articles of demo content were loaded.")]
    private static partial void LogDemo(ILogger logger, int articles);
}
