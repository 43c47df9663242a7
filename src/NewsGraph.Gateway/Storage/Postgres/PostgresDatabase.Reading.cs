using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Reading;
using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>How prepared statements read PostgreSQL: on the pool's connections, which remember what they have prepared.</summary>
internal sealed partial class PostgresDatabase
{
    // Each connection prepares what it meets often; the connection string's Max Auto Prepare, 0 to turn it off, wins.
    private const int MaxPrepared = 128;

    public KnownTranslations Translations { get; }

    public bool HasLateralJoins => true;

    public IQueryable<long> Keys(NewsContext db, string name, IReadOnlyList<long> keys)
    {
        // The name is one of this code's own; the keys are a parameter.
        var sql = "SELECT unnest(@" + name + ") AS \"Value\"";
        return db.Database.SqlQueryRaw<long>(sql, new NpgsqlParameter(name, ToParameter(keys)));
    }

    public object ToParameter(object value) => value switch
    {
        string text => StorableText.Clean(text),
        Enum constant => Convert.ToInt32(constant, CultureInfo.InvariantCulture),
        IEnumerable<long> keys => keys.ToArray(),
        _ => value,
    };

    // Parameters by number: by name, the driver has to look for them in the text each time.
    public string ToText(string text, IReadOnlyList<StatementParameter> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"${i + 1}");
            text = Regex.Replace(text, Regex.Escape("@" + parameters[i].Name.TrimStart('@')) + @"(?!\w)", _ => number);
        }

        return text;
    }

    public void GiveBack()
    {
        // What was read is the server's.
    }

    public ValueTask<List<TRow>> RunAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken) =>
        new(StatementBatch.TryAdd(this, statement, values, cancellationToken) ?? RunAloneAsync(statement, values, cancellationToken));

    internal async Task<List<TRow>> RunAloneAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(statement, values, cancellationToken);
        }
        catch (NpgsqlException exception) when (PostgresFailure.MayReadAgain(exception))
        {
            // Entity Framework has a way of reading again when a connection is broken; it costs something, so only then.
            await using var db = _readers.CreateDbContext();
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(stop => ReadAsync(statement, values, stop), cancellationToken);
        }
    }

    internal async Task ReadTogetherAsync(IReadOnlyList<StatementBatch.Asked> asked, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var one in asked)
        {
            var command = new NpgsqlBatchCommand(one.Statement.Text);
            Bind(command.Parameters, one.Statement, one.Values);
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var one in asked)
        {
            await one.ReadAsync(reader, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
        }
    }

    internal static async Task<List<TRow>> RowsAsync<TRow>(Statement<TRow> statement, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(statement.Read(reader));
        }

        return rows;
    }

    private async Task<List<TRow>> ReadAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement.Text, connection);
        Bind(command.Parameters, statement, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await RowsAsync(statement, reader, cancellationToken);
    }

    private void Bind(NpgsqlParameterCollection parameters, Statement statement, IReadOnlyList<object> values)
    {
        foreach (var parameter in statement.Parameters)
        {
            parameters.Add(new NpgsqlParameter { Value = ToParameter(values[parameter.Place]) });
        }
    }
}
