using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Gateway.Storage;

/// <summary>Where the data lives: section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The database: <c>sqlite</c>, the only provider of this version. Default: <c>sqlite</c>.</summary>
    [RegularExpression("(?i)sqlite", ErrorMessage = "Storage:Provider must be 'sqlite'.")]
    public string Provider { get; set; } = "sqlite";

    /// <summary>The folder of the SQLite file <c>newsgraph.db</c>; made when missing. Relative to where the command is run. Default: <c>data</c>.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>How many waiting writes are committed together at most, 1 to 10,000. Default: 256.</summary>
    [Range(1, 10_000)]
    public int GroupCommitSize { get; set; } = 256;

    /// <summary>How many writes may wait; past that a writer waits to be let in. 1 to 1,000,000. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingWrites { get; set; } = 10_000;

    /// <summary>How long a write waits for another process's transaction, 1 second to 1 hour. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
