using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;
using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>A PostgreSQL database: one pool of connections, for reading and for writing.</summary>
internal sealed partial class PostgresDatabase : INewsDatabase, IAsyncDisposable
{
    // A restart of the server breaks the pool's connections; a read that meets one is simply made again.
    private const int ReadAttempts = 4;
    private static readonly TimeSpan LongestReadDelay = TimeSpan.FromSeconds(1);

    private const string HistoryTables = "SELECT count(to_regclass('\"__EFMigrationsHistory\"'))";

    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<PostgresNewsContext> _readers;
    private readonly PooledDbContextFactory<PostgresNewsContext> _writers;

    // The first and the last moment .NET knows are moments like any other, as they are on SQLite.
    static PostgresDatabase() => AppContext.SetSwitch("Npgsql.DisableDateTimeInfinityConversions", true);

    public PostgresDatabase(IConfiguration configuration, ILoggerFactory loggers, KnownTranslations? translations = null)
    {
        _connection = PostgresConnection.Parse(configuration.GetConnectionString(PostgresConnection.Name));
        if (!_connection.ShouldSerialize("Max Auto Prepare"))
        {
            _connection.MaxAutoPrepare = MaxPrepared;
        }

        if (!_connection.ShouldSerialize("No Reset On Close"))
        {
            // Whatever is set here is set for a transaction, so there is nothing to reset; it would be four statements each time.
            _connection.NoResetOnClose = true;
        }

        Translations = translations ?? KnownTranslations.OfResource("Postgres.sql");
        Location = $"PostgreSQL database {_connection.Database} on {_connection.Host}, port {_connection.Port}";
        _source = new NpgsqlDataSourceBuilder(_connection.ConnectionString).Build();
        _readers = new PooledDbContextFactory<PostgresNewsContext>(new DbContextOptionsBuilder<PostgresNewsContext>()
            .UseNpgsql(_source, npgsql => npgsql.EnableRetryOnFailure(ReadAttempts - 1, LongestReadDelay, [PostgresErrorCodes.AdminShutdown]))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(StorableText.Interceptor, ChangeInterceptor.Instance)
            .UseLoggerFactory(loggers)
            .Options);
        _writers = new PooledDbContextFactory<PostgresNewsContext>(new DbContextOptionsBuilder<PostgresNewsContext>()
            .UseNpgsql(_source)
            .AddInterceptors(StorableText.Interceptor, ChangeInterceptor.Instance)
            .UseLoggerFactory(loggers)
            .Options);
    }

    public string Location { get; }

    /// <summary>A context for reading; it tracks nothing.</summary>
    public NewsContext CreateDbContext() => _readers.CreateDbContext();

    /// <summary>A context for an act; it runs every statement once.</summary>
    public PostgresNewsContext CreateWriter() => _writers.CreateDbContext();

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (await IsCurrentAsync(cancellationToken))
        {
            return;
        }

        await using var turn = await PostgresMigrationTurn.TakeAsync(_connection, cancellationToken);
        await using var db = CreateWriter();
        await db.Database.MigrateAsync(cancellationToken);
    }

    private async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Of a server that is away the first attempt tells; a reader's context would make several.
            await using var db = CreateWriter();
            return await MigrationHistory.IsCompleteAsync(db, HistoryTables, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
