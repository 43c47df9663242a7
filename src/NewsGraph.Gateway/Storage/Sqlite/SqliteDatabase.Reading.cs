using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>How prepared statements read an SQLite file: on connections that stay open, on the caller's thread.</summary>
internal sealed partial class SqliteDatabase
{
    // More than can run at a time; the rest of a burst is closed again.
    private static readonly int MaxIdle = Environment.ProcessorCount * 4;

    private readonly string _readerSettings;
    private readonly string _unmap;

    // The one used last first: its cache is the warmest.
    private readonly ConcurrentStack<SqliteReader> _idle = new();

    // On top of them, without a node around it.
    private SqliteReader? _top;
    private volatile bool _disposed;

    public KnownTranslations Translations { get; }

    public bool HasLateralJoins => false;

    public IQueryable<long> Keys(NewsContext db, string name, IReadOnlyList<long> keys)
    {
        // The name is one of this code's own; the keys are a parameter.
        var sql = "SELECT \"value\" AS \"Value\" FROM json_each(@" + name + ")";
        return db.Database.SqlQueryRaw<long>(sql, new SqliteParameter(name, ToParameter(keys)));
    }

    public object ToParameter(object value) => value switch
    {
        string text => StorableText.Clean(text),
        DateTime time => UnixMicroseconds.ToStored(time),
        Enum constant => Convert.ToInt32(constant, CultureInfo.InvariantCulture),
        IEnumerable<long> keys => $"[{string.Join(',', keys)}]",
        _ => value,
    };

    public string ToText(string text, IReadOnlyList<StatementParameter> parameters) => text;

    // The pages that every query walks through stay in the cache, and the others are read without a system call each.
    private static string ToReaderSettings(StorageOptions storage) =>
        $"PRAGMA query_only=1; PRAGMA cache_size=-{storage.ReaderCacheBytes / 1024}; PRAGMA mmap_size={storage.MappedBytes}; PRAGMA temp_store=MEMORY";

    /// <summary>Runs it at once: SQLite works on the caller's thread, and awaiting it would only cost.</summary>
    public ValueTask<List<TRow>> RunAsync<TRow>(Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        var connection = Take() ?? new SqliteReader(Location, _lockTimeout, _readerSettings);
        var keep = false;
        try
        {
            var rows = connection.Read(statement, values, cancellationToken);
            keep = !_disposed && _idle.Count < MaxIdle;
            return new ValueTask<List<TRow>>(rows);
        }
        finally
        {
            Return(connection, keep);
        }
    }

    /// <summary>Has the connections that wait map the file anew when they read next, with what they have prepared as it is.</summary>
    public void GiveBack()
    {
        List<SqliteReader> waiting = [];
        while (Take() is { } connection)
        {
            connection.Execute(_unmap);
            waiting.Add(connection);
        }

        waiting.ForEach(connection => Return(connection, keep: !_disposed));
    }

    public void Dispose()
    {
        _disposed = true;
        while (Take() is { } connection)
        {
            connection.Dispose();
        }
    }

    private SqliteReader? Take() => Interlocked.Exchange(ref _top, null) ?? (_idle.TryPop(out var idle) ? idle : null);

    private void Return(SqliteReader connection, bool keep)
    {
        if (!keep)
        {
            connection.Dispose();
        }
        else if (Interlocked.CompareExchange(ref _top, connection, null) is not null)
        {
            _idle.Push(connection);
        }
    }
}
