using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Postgres;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Storage.Sqlite;

namespace NewsGraph.Gateway.Storage;

public static class StorageRegistration
{
    /// <summary>Adds the database: <see cref="NewsReader"/> and <see cref="IDbContextFactory{TContext}"/> to read, <see cref="INewsWriter"/> to write.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>()
            .BindConfiguration("Storage")
            .ValidateDataAnnotations()
            .Validate(storage => storage.IsSqlite || storage.IsPostgres, "Storage:Provider must be 'sqlite' or 'postgres'.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(s => new ChangeJournal(s.GetServices<IChangeListener>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<SqliteWriter>();
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<PostgresWriter>();
        services.AddSingleton<INewsDatabase>(s => IsPostgres(s) ? s.GetRequiredService<PostgresDatabase>() : s.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IChangeLog>(s => s.GetRequiredService<INewsDatabase>());
        services.AddSingleton(s => new NewsReader(
            s.GetRequiredService<INewsDatabase>(), s.GetRequiredService<IOptions<StorageOptions>>().Value, s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<INewsWriter>(s => IsPostgres(s) ? s.GetRequiredService<PostgresWriter>() : s.GetRequiredService<SqliteWriter>());
        services.AddSingleton<IDbContextFactory<NewsContext>>(s => s.GetRequiredService<INewsDatabase>());
        services.AddSingleton(s => new DatabaseSetup(s.GetRequiredService<INewsDatabase>(), s.GetRequiredService<INewsWriter>()));
        return services;
    }

    private static bool IsPostgres(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value.IsPostgres;
}
