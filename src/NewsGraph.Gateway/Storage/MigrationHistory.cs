using Microsoft.EntityFrameworkCore;

namespace NewsGraph.Gateway.Storage;

/// <summary>
/// Which migrations a database has had. Entity Framework's own look at it builds the model a second time to compare
/// it with the last migration; that is a test's work, and a third of a start.
/// </summary>
internal static class MigrationHistory
{
    /// <summary>An expression that tells which migrations a database has had, for a statement that reads more beside it.</summary>
    public const string Mark = "(SELECT count(*) || ' ' || max(\"MigrationId\") FROM \"__EFMigrationsHistory\")";

    private const string Applied = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";

    /// <summary>Whether nothing is left to be applied.</summary>
    /// <param name="db">A context on the database, which must exist.</param>
    /// <param name="tables">Counts the tables named <c>__EFMigrationsHistory</c>: 0 or 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> IsCompleteAsync(NewsContext db, string tables, CancellationToken cancellationToken)
    {
        var counts = await db.Database.ReadPlainAsync(tables, reader => reader.GetInt64(0), cancellationToken);
        if (counts is not [1])
        {
            return false;
        }

        var applied = await db.Database.ReadPlainAsync(Applied, reader => reader.GetString(0), cancellationToken);
        return !db.Database.GetMigrations().Except(applied, StringComparer.Ordinal).Any();
    }
}
