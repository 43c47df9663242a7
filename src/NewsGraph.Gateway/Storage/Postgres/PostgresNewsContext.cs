using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>The model as PostgreSQL stores it.</summary>
internal sealed class PostgresNewsContext(DbContextOptions<PostgresNewsContext> options) : NewsContext(options)
{
    // Text is compared and sorted by code point, as SQLite does it; a database's own collation differs from server to server.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().UseCollation("C");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        var changes = modelBuilder.Entity<DataChange>();
        changes.Property(c => c.Transaction).HasDefaultValueSql("pg_current_xact_id()::text::bigint");
        changes.HasIndex(c => c.Transaction);
    }

    internal override async Task LockRowsAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        // In the order of the keys, so that two acts that lock several rows cannot wait for each other.
        if (ids.Count > 0)
        {
            await Database.ExecuteSqlRawAsync(LockStatement<T>(), [ids.ToArray()], cancellationToken);
        }
    }

    internal override Task LockNameAsync(string name, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    // Not FOR UPDATE: rows that refer to a locked one can still be added by acts that do not lock it.
    private string LockStatement<T>()
    {
        var entity = Model.FindEntityType(typeof(T))!;
        var sql = this.GetService<ISqlGenerationHelper>();
        var table = sql.DelimitIdentifier(entity.GetTableName()!);
        var key = sql.DelimitIdentifier(entity.FindPrimaryKey()!.Properties[0].GetColumnName());
        return $"SELECT 1 FROM {table} WHERE {key} = ANY ({{0}}) ORDER BY {key} FOR NO KEY UPDATE";
    }
}

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without a server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresNewsContext>
{
    public PostgresNewsContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresNewsContext>().UseNpgsql("Host=design").Options);
}
