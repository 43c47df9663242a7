using Microsoft.Data.Sqlite;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// One process's turn to migrate a file: others wait for it, and it ends with the process, however that ends. Entity
/// Framework's own turn is a row, which stays when a process is killed and keeps every later start waiting.
/// </summary>
internal sealed class SqliteMigrationTurn : IDisposable
{
    private const string Forget = "DELETE FROM \"__EFMigrationsLock\"";
    private const int NoSuchTable = 1;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _held;

    private SqliteMigrationTurn(FileStream held) => _held = held;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">The database's file; the one that is held lies beside it and stays there, empty.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Called once when another process has the turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SqliteMigrationTurn> TakeAsync(string path, TimeProvider time, Action waiting, CancellationToken cancellationToken)
    {
        for (var told = false; ; told = true)
        {
            if (TryOpen(path + "-migrating") is { } held)
            {
                return new SqliteMigrationTurn(held);
            }

            if (!told)
            {
                waiting();
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    /// <summary>Takes away what a killed process has left: whoever has the turn knows that nobody else migrates.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task ForgetKilledAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var forget = connection.CreateCommand();
        forget.CommandText = Forget;
        try
        {
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == NoSuchTable)
        {
            // Never migrated.
        }
    }

    public void Dispose() => _held.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process has it.
            return null;
        }
    }
}
