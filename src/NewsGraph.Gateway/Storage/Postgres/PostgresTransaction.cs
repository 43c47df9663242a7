using System.Globalization;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>What every act's transaction sets for itself, whatever server, database or role say.</summary>
internal static class PostgresTransaction
{
    /// <summary>
    /// One statement, sent together with BEGIN: how long to wait for others' locks, and that a commit waits for the disk.
    /// A setting that waits for replicas as well is kept.
    /// </summary>
    public static string Begin(TimeSpan lockTimeout) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT set_config('lock_timeout', '{(long)lockTimeout.TotalMilliseconds}', true),
            CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END
        """);
}
