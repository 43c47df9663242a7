using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// An open connection to read with, and the statements prepared on it. For one caller at a time. A prepared statement is
/// parsed and planned once per connection, which for short statements is most of their cost.
/// </summary>
internal sealed class SqliteReader : IDisposable
{
    private const int MaxPrepared = 256;

    private readonly Dictionary<Statement, PreparedStatement> _prepared = [];
    private readonly nint _handle;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lockTimeout">How long a read waits for a lock, which in WAL mode it meets only while the log is recovered.</param>
    /// <param name="settings">What is set first.</param>
    public SqliteReader(string path, TimeSpan lockTimeout, string settings)
    {
        var result = SqliteNative.Open(path, out _handle, SqliteNative.OpenFlags, 0);
        try
        {
            Require(result);
            Require(SqliteNative.SetBusyTimeout(_handle, (int)lockTimeout.TotalMilliseconds));
            Require(SqliteNative.PlanOnce(_handle));
            Execute(settings);
        }
        catch
        {
            SqliteNative.Close(_handle);
            throw;
        }
    }

    public nint Handle => _handle;

    /// <summary>What its statements have read lately.</summary>
    public ShortTexts Texts { get; } = new();

    /// <summary>Runs a statement to its end.</summary>
    public List<TRow> Read<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken) =>
        Prepared(statement).Read(statement, values, cancellationToken);

    /// <summary>Runs statements without values and rows.</summary>
    public void Execute(string statements) => Require(SqliteNative.Execute(_handle, statements, 0, 0, 0));

    /// <summary>Throws unless a call went well.</summary>
    public void Require(int result)
    {
        if (result != 0)
        {
            throw Failure();
        }
    }

    /// <summary>What went wrong last.</summary>
    public SqliteException Failure()
    {
        var code = SqliteNative.ExtendedError(_handle);
        return new SqliteException($"SQLite Error {code & 0xFF}: '{Marshal.PtrToStringUTF8(SqliteNative.Message(_handle))}'.", code & 0xFF, code);
    }

    public void Dispose()
    {
        Forget();
        SqliteNative.Close(_handle);
    }

    private PreparedStatement Prepared(Statement statement)
    {
        if (_prepared.TryGetValue(statement, out var known))
        {
            return known;
        }

        if (_prepared.Count >= MaxPrepared)
        {
            Forget();
        }

        var made = new PreparedStatement(this, statement);
        _prepared.Add(statement, made);
        return made;
    }

    private void Forget()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _prepared.Clear();
    }
}
