using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Changes;
using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>
/// How changes are read from PostgreSQL, where acts commit in another order than they took their numbers: by
/// transaction. Those before the oldest that was under way when the statement looked have all ended, so nothing of them
/// can come to light later; the others are read again the next time.
/// </summary>
internal sealed partial class PostgresDatabase
{
    private const string Changes = $"""
        SELECT now.horizon, now.migrations, now.oldest, now.last, c."Id", c."Tags"
        FROM (
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
                   {MigrationHistory.Mark} AS migrations,
                   (SELECT coalesce(min("Id"), 0) FROM data_changes) AS oldest,
                   (SELECT coalesce(max("Id"), 0) FROM data_changes) AS last) AS now
        LEFT JOIN data_changes AS c ON c."Transaction" >= @from
        """;

    public async Task<ChangePage> ReadChangesAsync(ChangePosition? after, CancellationToken cancellationToken)
    {
        await using var db = _readers.CreateDbContext();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async stop =>
            {
                await db.Database.OpenConnectionAsync(stop);
                await using var command = new NpgsqlCommand(Changes, (NpgsqlConnection)db.Database.GetDbConnection());
                command.Parameters.AddWithValue("@from", after?.Transaction ?? long.MaxValue);
                await using var reader = await command.ExecuteReaderAsync(stop);
                return await ReadAsync(reader, stop);
            },
            cancellationToken);
    }

    private static async Task<ChangePage> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var changes = new List<CommittedChange>();
        var (horizon, migrations, oldest, last) = (0L, "", 0L, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            (horizon, migrations, oldest, last) = (reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3));
            if (!await reader.IsDBNullAsync(4, cancellationToken))
            {
                changes.Add(new CommittedChange(reader.GetInt64(4), reader.GetFieldValue<byte[]>(5)));
            }
        }

        return new ChangePage(changes, new ChangePosition(last, horizon, migrations), oldest, last, HasMore: false);
    }
}
