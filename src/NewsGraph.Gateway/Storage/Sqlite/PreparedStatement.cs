using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>A statement that one connection has parsed and planned. For one caller at a time.</summary>
internal sealed class PreparedStatement : IDisposable
{
    // Says that the statement is kept, so that SQLite takes memory meant for that.
    private const uint Persistent = 1;
    private const int MaxOnStack = 512;
    private const int MaxRemembered = 1024;

    // A number of 64 bits in decimal, its sign, and what separates it.
    private const int MaxKeyLength = 21;

    private readonly SqliteReader _connection;
    private readonly nint _handle;
    private readonly SqliteRow _row;
    private readonly int[] _parameters;
    private readonly int[] _places;

    // Where rows are gathered until it is known how many there are: a list that grows leaves as much behind as it holds.
    private object? _rows;

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
            var rows = (List<TRow>)(_rows ??= new List<TRow>());
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

            return [.. rows];
        }
        finally
        {
            // Lets go of the snapshot it read, and of the rows.
            SqliteNative.Reset(_handle);
            Forget<TRow>();
        }
    }

    public void Dispose()
    {
        SqliteNative.Finish(_handle);
        _row.Dispose();
    }

    private void Forget<TRow>()
    {
        if (_rows is List<TRow> { Capacity: <= MaxRemembered } rows)
        {
            rows.Clear();
        }
        else
        {
            _rows = null;
        }
    }

    private void Bind(int parameter, object value)
    {
        var result = value switch
        {
            long number => SqliteNative.BindInteger(_handle, parameter, number),
            int number => SqliteNative.BindInteger(_handle, parameter, number),
            bool truth => SqliteNative.BindInteger(_handle, parameter, truth ? 1 : 0),
            double number => SqliteNative.BindReal(_handle, parameter, number),
            string text => BindText(parameter, StorableText.Clean(text)),
            DateTime time => SqliteNative.BindInteger(_handle, parameter, UnixMicroseconds.ToStored(time)),
            Enum constant => SqliteNative.BindInteger(_handle, parameter, Convert.ToInt32(constant, CultureInfo.InvariantCulture)),
            IEnumerable<long> keys => BindKeys(parameter, keys as IReadOnlyList<long> ?? [.. keys]),
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

    // As a JSON array, which the statement takes apart into rows.
    private int BindKeys(int parameter, IReadOnlyList<long> keys)
    {
        var most = (keys.Count * MaxKeyLength) + 2;
        var rented = most > MaxOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[MaxOnStack];
        var length = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            bytes[length++] = (byte)(i == 0 ? '[' : ',');
            Utf8Formatter.TryFormat(keys[i], bytes[length..], out var written);
            length += written;
        }

        if (length == 0)
        {
            bytes[length++] = (byte)'[';
        }

        bytes[length++] = (byte)']';
        var result = SqliteNative.BindText(_handle, parameter, bytes, length, SqliteNative.Copied);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return result;
    }
}
