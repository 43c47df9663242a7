using Microsoft.Data.Sqlite;

namespace NewsGraph.Benchmarks.Reading.Limits;

/// <summary>A tuned connection for reading, with the table of related posts that the run prepared.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>The file of the prepared table.</summary>
    public const string RelatedFile = "related.db";

    private readonly SqliteConnection _connection;

    public Connection(string database, string folder)
    {
        _connection = new SqliteConnection($"Data Source={database};Pooling=False");
        _connection.Open();
        Execute("PRAGMA query_only=1; PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY");
        Execute($"ATTACH '{Path.Combine(folder, RelatedFile)}' AS prepared");
    }

    public Statement Prepare(string sql, params string[] parameters) => new(_connection, sql, parameters);

    public long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>A statement prepared once, with places for its values.</summary>
internal sealed class Statement
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public Statement(SqliteConnection connection, string sql, string[] parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _parameters = [.. parameters.Select(name => _command.Parameters.Add(new SqliteParameter(name, 0L)))];
        _command.Prepare();
    }

    public SqliteDataReader Run(object value)
    {
        _parameters[0].Value = value;
        return _command.ExecuteReader();
    }

    public SqliteDataReader Run(long[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _parameters[i].Value = values[i];
        }

        return _command.ExecuteReader();
    }
}
