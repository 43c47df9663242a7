using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Postgres;
using NewsGraph.Gateway.Storage.Sqlite;

namespace NewsGraph.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public void No_change_of_the_model_is_without_a_migration_for_SQLite()
    {
        using var db = new SqliteDesignTimeFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration: see src/README.md.");
    }

    [Fact]
    public void No_change_of_the_model_is_without_a_migration_for_PostgreSQL()
    {
        using var db = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration: see src/README.md.");
    }
}
