using NewsGraph.Engine.Execution;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Hosting;

/// <summary>
/// What happens before the gateway listens: the database is brought up to date and one query is run, so that the first
/// reader does not pay for the schema and the first look into the database.
/// </summary>
internal sealed class Preparation(DatabaseSetup database, IOperationExecutor executor) : IHostedLifecycleService
{
    private const string WarmUp = "{ articles(first: 1) { nodes { id title tags { name } } totalCount } }";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        await executor.ExecuteAsync(new OperationRequest { Query = WarmUp }, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
