using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// The SQLite file and how it is opened. WAL lets readers go on while one writes; <c>synchronous=FULL</c> makes a commit
/// wait for the disk.
/// </summary>
internal sealed partial class SqliteDatabase : INewsDatabase, IDisposable
{
    private const string HistoryTables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";

    private const int Busy = 5;

    private readonly PooledDbContextFactory<SqliteNewsContext> _readers;
    private readonly string _connectionString;
    private readonly TimeSpan _lockTimeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public SqliteDatabase(IOptions<StorageOptions> options, TimeProvider time, ILoggerFactory loggers, KnownTranslations? translations = null)
    {
        var storage = options.Value;
        _lockTimeout = storage.LockTimeout;
        _readerSettings = ToReaderSettings(storage);
        _unmap = $"PRAGMA mmap_size=0; PRAGMA mmap_size={storage.MappedBytes}";
        Location = Path.GetFullPath(Path.Combine(storage.Directory, "newsgraph.db"));
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Location,
            ForeignKeys = true,
            DefaultTimeout = (int)storage.LockTimeout.TotalSeconds,
        }.ToString();
        Loggers = loggers;
        Translations = translations ?? KnownTranslations.OfResource("Sqlite.sql");
        (_time, _logger) = (time, loggers.CreateLogger<SqliteDatabase>());
        _readers = new PooledDbContextFactory<SqliteNewsContext>(Configure(builder => builder
            .UseSqlite(_connectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)));
    }

    /// <summary>The file's full path.</summary>
    public string Location { get; }

    // Built once: a context with other options would build it again.
    private IModel Model => field ??= ReadModel();

    private ILoggerFactory Loggers { get; }

    /// <summary>A context for reading; it tracks nothing.</summary>
    public NewsContext CreateDbContext() => _readers.CreateDbContext();

    /// <summary>A connection for the writer, with a commit that waits for the disk.</summary>
    public async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA synchronous=FULL";
        await pragma.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    /// <summary>The options of contexts that work on the writer's connection.</summary>
    public DbContextOptions<SqliteNewsContext> WriterOptions(SqliteConnection connection) =>
        Configure(builder => builder.UseSqlite(connection).UseModel(Model));

    /// <summary>Makes the folder and the file, and brings the tables up to date.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Location)!);
        await using var db = _readers.CreateDbContext();
        if (!await MigrationHistory.IsCompleteAsync(db, HistoryTables, cancellationToken))
        {
            using var turn = await SqliteMigrationTurn.TakeAsync(Location, _time, () => LogWaiting(_logger, Location), cancellationToken);
            await SqliteMigrationTurn.ForgetKilledAsync(_connectionString, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        await AnalyzeAsync(cancellationToken);
    }

    // Without statistics SQLite believes that ten articles are public and prefers that index to better ones. It looks at a
    // thousand rows of each index, and only at tables that have grown tenfold since it did last.
    private async Task AnalyzeAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var analyze = connection.CreateCommand();
        analyze.CommandText = "PRAGMA analysis_limit=1000; PRAGMA optimize=0x10002";
        analyze.CommandTimeout = 1;
        try
        {
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Busy)
        {
            // Somebody writes; the next start has another chance.
        }
    }

    private IModel ReadModel()
    {
        using var db = _readers.CreateDbContext();
        return db.Model;
    }

    private DbContextOptions<SqliteNewsContext> Configure(Func<DbContextOptionsBuilder<SqliteNewsContext>, DbContextOptionsBuilder> use)
    {
        var builder = new DbContextOptionsBuilder<SqliteNewsContext>();
        use(builder).AddInterceptors(StorableText.Interceptor, ChangeInterceptor.Instance).UseLoggerFactory(Loggers);
        return builder.Options;
    }

    [LoggerMessage(160, LogLevel.Information, "Another process is bringing {File} up to date. Waiting for it.")]
    private static partial void LogWaiting(ILogger logger, string file);
}
