using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>The model as SQLite stores it.</summary>
internal sealed class SqliteNewsContext(DbContextOptions<SqliteNewsContext> options) : NewsContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMicroseconds>();
}

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without starting the gateway.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteNewsContext>
{
    public SqliteNewsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteNewsContext>().UseSqlite("Data Source=design.db").Options);
}
