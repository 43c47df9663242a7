using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.Storage;

public sealed class PostgresActTests : ActSpecification
{
    protected override async Task<string?> CreatePostgresAsync() => await SharedPostgres.NewDatabaseAsync();
}
