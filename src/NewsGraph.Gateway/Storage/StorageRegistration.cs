using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Sqlite;

namespace NewsGraph.Gateway.Storage;

public static class StorageRegistration
{
    /// <summary>Adds the database: <see cref="IDbContextFactory{TContext}"/> to read, <see cref="INewsWriter"/> to write.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IDbContextFactory<NewsContext>>(s => s.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<INewsWriter, SqliteWriter>();
        services.AddSingleton(s => new DatabaseSetup(s.GetRequiredService<SqliteDatabase>(), s.GetRequiredService<INewsWriter>()));
        return services;
    }
}
