using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.Storage;

public sealed class PostgresStorageTests : StorageSpecification
{
    protected override int ConcurrentActs => 8;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ConcurrentWrites"] = "8" };

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_server_migrate_once_and_agree_on_the_epoch()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        var nodes = Enumerable.Range(0, 4).Select(_ => new TestStorage(postgres: database)).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Setup.PrepareAsync(CancellationToken.None)))).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);

        Assert.Single(nodes.Select(node => node.Setup.Epoch).Distinct());
        var migrations = await nodes[0].ReadAsync(async db => await db.Database.GetAppliedMigrationsAsync());
        Assert.Equal(migrations.Distinct(), migrations);
        Assert.Equal(1, await nodes[0].ReadAsync(db => db.Set<DatabaseIdentity>().CountAsync()));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    protected override async Task<string?> CreatePostgresAsync() => await SharedPostgres.NewDatabaseAsync();
}
