using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>How changes are read from an SQLite file: there is one writer at a time, so numbers follow commits.</summary>
internal sealed partial class SqliteDatabase
{
    private const int ChangePageSize = 500;

    public async Task<ChangePage> ReadChangesAsync(ChangePosition? after, CancellationToken cancellationToken)
    {
        await using var db = _readers.CreateDbContext();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        if (after is not { } position)
        {
            command.CommandText = "SELECT coalesce(max(\"Id\"), 0) FROM data_changes";
            return new ChangePage([], new ChangePosition((long)(await command.ExecuteScalarAsync(cancellationToken))!, 0), 0, HasMore: false);
        }

        command.CommandText = """
            SELECT "Id", "Tags", (SELECT min("Id") FROM data_changes) FROM data_changes WHERE "Id" > @after ORDER BY "Id" LIMIT @count
            """;
        command.Parameters.AddWithValue("@after", position.Id);
        command.Parameters.AddWithValue("@count", ChangePageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<CommittedChange>();
        var oldest = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            changes.Add(new CommittedChange(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            oldest = reader.GetInt64(2);
        }

        return changes.Count == 0
            ? new ChangePage([], position, 0, HasMore: false)
            : new ChangePage(changes, new ChangePosition(changes[^1].Id, 0), oldest, changes.Count == ChangePageSize);
    }
}
