using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>What a failure says about running an act again.</summary>
internal static class PostgresFailure
{
    private const int MaxAttempts = 8;

    // Somebody else has just stored the same: the act that looks again finds it. Still in the way then, it is no race.
    private const int MaxAttemptsAtDuplicate = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether nothing of the act remains and another attempt may go better.</summary>
    public static bool MayRunAgain(Exception exception, int attempt) => attempt < Find(exception) switch
    {
        CommitUnknownException => 0,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => MaxAttempts,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => MaxAttemptsAtDuplicate,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => MaxAttempts,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled } => 0,
        NpgsqlException { IsTransient: true } => MaxAttempts,
        _ => 0,
    };

    /// <summary>Whether a read failed for what may be over at once: the connection broke, or the server is restarted.</summary>
    public static bool MayReadAgain(NpgsqlException exception) =>
        exception.IsTransient || exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown };

    /// <summary>Whether a commit that failed so may have been made all the same.</summary>
    public static bool LeavesCommitOpen(Exception exception) => Find(exception) switch
    {
        // The server has answered, and took the transaction back. What it says while it goes down is no such answer.
        PostgresException { Severity: not ("FATAL" or "PANIC") } => false,
        _ => true,
    };

    /// <summary>Waits before the next attempt: not at all the first time, then longer and longer, and never in step with others.</summary>
    public static Task DelayAsync(int attempt, TimeProvider time)
    {
        if (attempt == 1)
        {
            return Task.CompletedTask;
        }

        var longest = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, attempt), LongestDelay.TotalMilliseconds);
        return Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2))), time);
    }

    /// <summary>What the database said, out of what Entity Framework made of it.</summary>
    public static Exception? Find(Exception exception)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is NpgsqlException or CommitUnknownException)
            {
                return at;
            }
        }

        return null;
    }
}
