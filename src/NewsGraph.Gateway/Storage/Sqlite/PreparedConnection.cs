using Microsoft.Data.Sqlite;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// An open connection and the statements prepared on it. For one caller at a time. A prepared statement is parsed and
/// planned once per connection, which for short statements is most of their cost.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection connection) : IDisposable
{
    private const int MaxPrepared = 256;

    private readonly Dictionary<Statement, SqliteCommand> _prepared = [];

    /// <summary>Runs a statement to its end.</summary>
    public List<TRow> Read<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        var command = Prepared(statement);
        for (var i = 0; i < statement.Parameters.Count; i++)
        {
            command.Parameters[i].Value = values[statement.Parameters[i].Place];
        }

        var rows = new List<TRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(statement.Read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private SqliteCommand Prepared(Statement statement)
    {
        if (_prepared.TryGetValue(statement, out var known))
        {
            return known;
        }

        if (_prepared.Count >= MaxPrepared)
        {
            Forget();
        }

        var command = connection.CreateCommand();
        command.CommandText = statement.Text;
        foreach (var parameter in statement.Parameters)
        {
            var made = command.CreateParameter();
            made.ParameterName = parameter.Name;
            command.Parameters.Add(made);
        }

        _prepared.Add(statement, command);
        return command;
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }
}
