using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>How changes are read from an SQLite file: there is one writer at a time, so numbers follow commits.</summary>
internal sealed partial class SqliteDatabase
{
    private const int ChangePageSize = 500;

    // One statement, so that all of it is of one moment.
    private const string Changes = $"""
        SELECT now.migrations, now.oldest, now.last, c."Id", c."Tags"
        FROM (
            SELECT {MigrationHistory.Mark} AS migrations,
                   (SELECT coalesce(min("Id"), 0) FROM data_changes) AS oldest,
                   (SELECT coalesce(max("Id"), 0) FROM data_changes) AS last) AS now
        LEFT JOIN (SELECT "Id", "Tags" FROM data_changes WHERE "Id" > @after ORDER BY "Id" LIMIT @count) AS c
        ORDER BY c."Id"
        """;

    public async Task<ChangePage> ReadChangesAsync(ChangePosition? after, CancellationToken cancellationToken)
    {
        await using var db = _readers.CreateDbContext();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = Changes;
        command.Parameters.AddWithValue("@after", after?.Id ?? long.MaxValue);
        command.Parameters.AddWithValue("@count", ChangePageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<CommittedChange>();
        var (migrations, oldest, last) = ("", 0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (migrations, oldest, last) = (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));
            if (!await reader.IsDBNullAsync(3, cancellationToken))
            {
                changes.Add(new CommittedChange(reader.GetInt64(3), reader.GetFieldValue<byte[]>(4)));
            }
        }

        var read = changes.Count > 0 ? changes[^1].Id : last;
        return new ChangePage(changes, new ChangePosition(read, 0, migrations), oldest, last, changes.Count == ChangePageSize);
    }
}
