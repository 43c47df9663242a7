using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.Storage;

public sealed class SqlitePreparedReadingTests : PreparedReadingSpecification
{
    protected override string Kind => "Sqlite";

    protected override Task<IReadOnlyList<string>> SettingsAsync() => Task.FromResult<IReadOnlyList<string>>([]);
}

public sealed class PostgresPreparedReadingTests : PreparedReadingSpecification
{
    private string? _database;

    protected override string Kind => "Postgres";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await SharedPostgres.DropAsync(_database);
        }
    }

    protected override async Task<IReadOnlyList<string>> SettingsAsync()
    {
        _database = await SharedPostgres.NewDatabaseAsync();
        return ["--Storage:Provider=postgres", $"--ConnectionStrings:Postgres={_database}"];
    }
}
