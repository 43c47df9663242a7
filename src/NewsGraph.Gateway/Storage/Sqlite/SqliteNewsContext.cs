using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>The model as SQLite stores it.</summary>
internal sealed class SqliteNewsContext(DbContextOptions<SqliteNewsContext> options) : NewsContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMicroseconds>();

    /// <summary>
    /// SQLite has no time type. An integer keeps order in an index and is a third of the text's size; microseconds are
    /// what PostgreSQL keeps, so both stores hold the same instants.
    /// </summary>
    private sealed class UnixMicroseconds() : ValueConverter<DateTime, long>(
        time => (time.Ticks - UnixEpochTicks) / 10,
        stored => new DateTime((stored * 10) + UnixEpochTicks, DateTimeKind.Utc))
    {
        private const long UnixEpochTicks = 621_355_968_000_000_000;
    }
}

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without starting the gateway.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteNewsContext>
{
    public SqliteNewsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteNewsContext>().UseSqlite("Data Source=design.db").Options);
}
