using System.Buffers;
using System.Text;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>A statement that one connection has parsed and planned. For one caller at a time.</summary>
internal sealed class PreparedStatement : IDisposable
{
    // Says that the statement is kept, so that SQLite takes memory meant for that.
    private const uint Persistent = 1;
    private const int MaxOnStack = 512;

    private readonly SqliteReader _connection;
    private readonly nint _handle;
    private readonly SqliteRow _row;
    private readonly int[] _parameters;
    private readonly int[] _places;
    private int _lastCount;

    public PreparedStatement(SqliteReader connection, Statement statement)
    {
        _connection = connection;
        var text = Encoding.UTF8.GetBytes(statement.Text);
        connection.Require(SqliteNative.Prepare(connection.Handle, text, text.Length, Persistent, out _handle, 0));
        _row = new SqliteRow(_handle, connection.Texts);
        _parameters = [.. statement.Parameters.Select(p => SqliteNative.ParameterIndex(_handle, "@" + p.Name.TrimStart('@')))];
        _places = [.. statement.Parameters.Select(p => p.Place)];
    }

    /// <summary>How often it was parsed and planned again after the first time, as it must be when tables change.</summary>
    public int TimesPlannedAgain => SqliteNative.Status(_handle, SqliteNative.TimesPlannedAgain, reset: 0);

    /// <summary>Runs it to its end.</summary>
    public List<TRow> Read<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            Bind(_parameters[i], values[_places[i]]);
        }

        try
        {
            var rows = new List<TRow>(_lastCount);
            int result;
            while ((result = SqliteNative.Step(_handle)) == SqliteNative.Row)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(statement.Read(_row));
            }

            if (result != SqliteNative.Done)
            {
                throw _connection.Failure();
            }

            // Most runs of a statement give about as many rows as the one before.
            _lastCount = Math.Min(rows.Count, MaxOnStack);
            return rows;
        }
        finally
        {
            // Lets go of the snapshot it read.
            SqliteNative.Reset(_handle);
        }
    }

    public void Dispose()
    {
        SqliteNative.Finish(_handle);
        _row.Dispose();
    }

    private void Bind(int parameter, object value)
    {
        var result = value switch
        {
            long number => SqliteNative.BindInteger(_handle, parameter, number),
            int number => SqliteNative.BindInteger(_handle, parameter, number),
            bool truth => SqliteNative.BindInteger(_handle, parameter, truth ? 1 : 0),
            double number => SqliteNative.BindReal(_handle, parameter, number),
            string text => BindText(parameter, text),
            _ => throw new NotSupportedException($"{value.GetType()} is not a value a statement takes."),
        };
        _connection.Require(result);
    }

    private int BindText(int parameter, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > MaxOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[MaxOnStack];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var result = SqliteNative.BindText(_handle, parameter, bytes, length, SqliteNative.Copied);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return result;
    }
}
