using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Gateway.Storage;

/// <summary>Where the data lives: section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The database: <c>sqlite</c>, or <c>postgres</c> with <c>ConnectionStrings:Postgres</c>. Default: <c>sqlite</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>The folder of the SQLite file <c>newsgraph.db</c>; made when missing. Relative to where the command is run. Default: <c>data</c>.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>SQLite: how many waiting writes are committed together at most, 1 to 10,000. Default: 256.</summary>
    [Range(1, 10_000)]
    public int GroupCommitSize { get; set; } = 256;

    /// <summary>SQLite: how many writes may wait; past that a writer waits to be let in. 1 to 1,000,000. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingWrites { get; set; } = 10_000;

    /// <summary>
    /// PostgreSQL: how many writes of this process run at the same time, each on a connection of the pool (its size is
    /// <c>Maximum Pool Size</c> in the connection string, 100 unless given), 1 to 1,000. Default: 16.
    /// </summary>
    [Range(1, 1_000)]
    public int ConcurrentWrites { get; set; } = 16;

    /// <summary>How long a write waits for another's transaction, 1 second to 1 hour. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether what readers ask for is translated to SQL once and then runs as prepared statements. Turned off, Entity
    /// Framework translates each query anew, with the same answers: to compare the two. Default: <c>true</c>.
    /// </summary>
    public bool PrepareStatements { get; set; } = true;

    /// <summary>
    /// SQLite: memory each reading connection keeps pages of the database in that are not mapped, in bytes, 0 to
    /// 1,073,741,824. There are up to four such connections a processor. Default: 8,388,608.
    /// </summary>
    [Range(0, 1 << 30)]
    public int ReaderCacheBytes { get; set; } = 8 << 20;

    /// <summary>
    /// SQLite: how much of the file, from its beginning, is mapped into memory instead of read, in bytes, 0 (nothing) to
    /// 1,099,511,627,776. Mapped pages that were read count as resident memory of the process, once for all its
    /// connections, though the system takes them back when it needs the memory. Default: 1,073,741,824.
    /// </summary>
    [Range(0L, 1L << 40)]
    public long MappedBytes { get; set; } = 1L << 30;

    internal bool IsPostgres => Provider.Equals("postgres", StringComparison.OrdinalIgnoreCase);

    internal bool IsSqlite => Provider.Equals("sqlite", StringComparison.OrdinalIgnoreCase);
}
