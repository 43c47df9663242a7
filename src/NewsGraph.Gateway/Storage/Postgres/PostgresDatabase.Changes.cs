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
    private const string Changes = """
        SELECT now.horizon, c."Id", c."Tags", (SELECT min("Id") FROM data_changes), (SELECT coalesce(max("Id"), 0) FROM data_changes)
        FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) AS now
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
                return await ReadAsync(reader, after, stop);
            },
            cancellationToken);
    }

    private static async Task<ChangePage> ReadAsync(NpgsqlDataReader reader, ChangePosition? after, CancellationToken cancellationToken)
    {
        var changes = new List<CommittedChange>();
        var (horizon, oldest, last) = (0L, 0L, after?.Id ?? 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            horizon = reader.GetInt64(0);
            oldest = await reader.IsDBNullAsync(3, cancellationToken) ? 0 : reader.GetInt64(3);
            if (after is null)
            {
                last = reader.GetInt64(4);
            }
            else if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                changes.Add(new CommittedChange(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
                last = Math.Max(last, reader.GetInt64(1));
            }
        }

        return new ChangePage(changes, new ChangePosition(last, horizon), oldest, HasMore: false);
    }
}
