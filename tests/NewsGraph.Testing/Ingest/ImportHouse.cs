using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;
using NewsGraph.PubSub;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;

namespace NewsGraph.Testing.Ingest;

/// <summary>A database of its own and the importer.</summary>
public sealed class ImportHouse : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("newsgraph-import-");
    private readonly ServiceProvider _services;

    private readonly string? _postgres;

    private ImportHouse(string? postgres)
    {
        _postgres = postgres;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Directory"] = Directory })
            .AddInMemoryCollection(postgres is null ? [] : [new("Storage:Provider", "postgres"), new("ConnectionStrings:Postgres", postgres)])
            .Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddStorage().AddInMemoryTopicBus().AddFeeds().BuildServiceProvider();
        Import = ActivatorUtilities.CreateInstance<ImportWxr>(_services, Clock);
    }

    /// <summary>The folder of the database.</summary>
    public string Directory => Path.Combine(_folder.FullName, "data");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    public ImportWxr Import { get; }

    public static async Task<ImportHouse> BuildAsync(TestDatabase database = TestDatabase.Sqlite)
    {
        var house = new ImportHouse(database == TestDatabase.Postgres ? await SharedPostgres.NewDatabaseAsync() : null);
        await house._services.GetRequiredService<DatabaseSetup>().PrepareAsync(TestContext.Current.CancellationToken);
        return house;
    }

    /// <summary>Imports a text as a file.</summary>
    public async Task<ImportSummary> RunAsync(string xml, bool dryRun = false)
    {
        var result = await RunFilesAsync([WriteFile("export.xml", xml)], dryRun);
        Assert.Null(result.Files[0].Error);
        return result.Total;
    }

    public Task<ImportResult> RunFilesAsync(IReadOnlyList<string> files, bool dryRun = false) =>
        Import.RunAsync(files, dryRun, null, TestContext.Current.CancellationToken);

    public string WriteFile(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task<List<Article>> ArticlesAsync()
    {
        await using var db = Open();
        return await db.Set<Article>().OrderBy(a => a.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<Comment>> CommentsAsync()
    {
        await using var db = Open();
        return await db.Set<Comment>().OrderBy(c => c.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<Tag>> TagsAsync()
    {
        await using var db = Open();
        return await db.Set<Tag>().OrderBy(t => t.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<Author>> AuthorsAsync()
    {
        await using var db = Open();
        return await db.Set<Author>().OrderBy(a => a.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public IDbContextFactory<NewsContext> Databases => _services.GetRequiredService<IDbContextFactory<NewsContext>>();

    public NewsContext Open() => Databases.CreateDbContext();

    public Task ChangeAsync(Func<NewsContext, Task> change) =>
        _services.GetRequiredService<INewsWriter>().WriteAsync(
            async (scope, _) =>
            {
                await change(scope.Db);
                return true;
            },
            TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        if (_postgres is not null)
        {
            await SharedPostgres.DropAsync(_postgres);
        }
    }
}
