using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Testing.Servers;

namespace NewsGraph.Testing.Gateway;

/// <summary>A database of a test's own without a gateway around it: SQLite in a folder, or PostgreSQL.</summary>
public sealed class TestStorage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-storage-");
    private readonly ServiceProvider _services;
    private readonly string? _postgres;

    /// <summary>Opens it without making its tables.</summary>
    /// <param name="settings">Settings of section <c>Storage</c>, by name.</param>
    /// <param name="postgres">The connection string of a PostgreSQL database, which is deleted with it; null for SQLite.</param>
    public TestStorage(IReadOnlyDictionary<string, string?>? settings = null, string? postgres = null)
    {
        _postgres = postgres;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Storage:Directory", Path.Combine(_folder.FullName, "data"))])
            .AddInMemoryCollection(postgres is null ? [] : [new("Storage:Provider", "postgres"), new("ConnectionStrings:Postgres", postgres)])
            .AddInMemoryCollection((settings ?? new Dictionary<string, string?>()).Select(s => KeyValuePair.Create($"Storage:{s.Key}", s.Value)))
            .Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddStorage().BuildServiceProvider();
    }

    /// <summary>What brings it up to date.</summary>
    public DatabaseSetup Setup => _services.GetRequiredService<DatabaseSetup>();

    /// <summary>The writer.</summary>
    public INewsWriter Writer => _services.GetRequiredService<INewsWriter>();

    /// <summary>The reader of what is served.</summary>
    public NewsReader Reader => _services.GetRequiredService<NewsReader>();

    /// <summary>Contexts to read with.</summary>
    public IDbContextFactory<NewsContext> Databases => _services.GetRequiredService<IDbContextFactory<NewsContext>>();

    /// <summary>Opens it and makes its tables.</summary>
    public static async Task<TestStorage> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, string? postgres = null)
    {
        var storage = new TestStorage(settings, postgres);
        await storage.Setup.PrepareAsync(CancellationToken.None).WaitAsync(Waiting.Limit);
        return storage;
    }

    /// <summary>Runs an act that returns nothing.</summary>
    public Task WriteAsync(Func<WriteScope, Task> act, CancellationToken cancellationToken = default) => Writer.WriteAsync(
        async (scope, _) =>
        {
            await act(scope);
            return true;
        },
        cancellationToken);

    /// <summary>Reads it.</summary>
    public async Task<T> ReadAsync<T>(Func<NewsContext, Task<T>> read)
    {
        await using var db = Databases.CreateDbContext();
        return await read(db).WaitAsync(Waiting.Limit);
    }

    /// <summary>Closes the writer as the end of a process would, and leaves the data to read.</summary>
    public Task CloseWriterAsync() => ((IAsyncDisposable)Writer).DisposeAsync().AsTask().WaitAsync(Waiting.Limit);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().AsTask().WaitAsync(Waiting.Limit);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        if (_postgres is not null)
        {
            await SharedPostgres.DropAsync(_postgres);
        }
    }
}
