using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Reading;
using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>How prepared statements read PostgreSQL: on the pool's connections, which remember what they have prepared.</summary>
internal sealed partial class PostgresDatabase
{
    // Each connection prepares what it meets often; the connection string's Max Auto Prepare, 0 to turn it off, wins.
    private const int MaxPrepared = 128;

    public Func<NewsContext, string, IReadOnlyList<long>, IQueryable<long>>? Keys => null;

    public object ToParameter(object value) => value switch
    {
        string text => StorableText.Clean(text),
        Enum constant => Convert.ToInt32(constant, CultureInfo.InvariantCulture),
        IEnumerable<long> keys => keys.ToArray(),
        _ => value,
    };

    public async ValueTask<List<TRow>> RunAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        // Through a context, for its way of reading again when a connection is broken.
        await using var db = _readers.CreateDbContext();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(
            async stop =>
            {
                await db.Database.OpenConnectionAsync(stop);
                await using var command = new NpgsqlCommand(statement.Text, (NpgsqlConnection)db.Database.GetDbConnection());
                foreach (var parameter in statement.Parameters)
                {
                    command.Parameters.AddWithValue(parameter.Name, values[parameter.Place]);
                }

                await using DbDataReader reader = await command.ExecuteReaderAsync(stop);
                var rows = new List<TRow>();
                while (await reader.ReadAsync(stop))
                {
                    rows.Add(statement.Read(reader));
                }

                return rows;
            },
            cancellationToken);
    }
}
