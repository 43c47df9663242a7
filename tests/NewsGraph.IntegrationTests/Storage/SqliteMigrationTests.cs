using Microsoft.Data.Sqlite;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Storage;

/// <summary>How a file is brought up to date when something else happened to it.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-migrating-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "newsgraph.db");

    [Fact]
    public async Task A_process_killed_while_it_migrated_does_not_keep_the_next_one_waiting()
    {
        // What Entity Framework leaves behind when the process ends before it is done.
        await RunAsync(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-26 20:41:30.3425568+00:00');
            """);

        await using var storage = Open();
        await storage.Setup.PrepareAsync(Token).WaitAsync(Waiting.Limit, Token);

        Assert.NotEqual(Guid.Empty, storage.Setup.Epoch);
    }

    [Fact]
    public async Task Processes_that_start_at_once_migrate_one_after_the_other()
    {
        var storages = Enumerable.Range(0, 4).Select(_ => Open()).ToList();

        await Task.WhenAll(storages.Select(s => Task.Run(() => s.Setup.PrepareAsync(Token)))).WaitAsync(Waiting.Limit, Token);

        Assert.Single(storages.Select(s => s.Setup.Epoch).Distinct());
        foreach (var storage in storages)
        {
            await storage.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_beside_is_an_error_and_no_waiting()
    {
        Directory.CreateDirectory(File + "-migrating");
        await using var storage = Open();

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => storage.Setup.PrepareAsync(Token).WaitAsync(Waiting.Limit, Token));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private TestStorage Open() => new(new Dictionary<string, string?> { ["Directory"] = _folder.FullName });

    private async Task RunAsync(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={File}");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = text;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }
}
