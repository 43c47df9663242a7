using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>
/// One node's turn to migrate: nodes that start together wait for each other by an advisory lock. Entity Framework locks
/// its own table of migrations, but not before it has made that table, and two that make it at once collide.
/// </summary>
internal sealed class PostgresMigrationTurn : IAsyncDisposable
{
    // Any number, as long as every version of the gateway takes the same.
    private const long Key = 4_701_920_260_301;

    private readonly NpgsqlConnection _connection;

    private PostgresMigrationTurn(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Waits for the turn, and makes the database when it is missing.</summary>
    public static async Task<PostgresMigrationTurn> TakeAsync(NpgsqlConnectionStringBuilder database, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(database, cancellationToken);
        try
        {
            await using var command = connection.CreateCommand();

            // A transaction holds the lock, not the session: so it is kept behind a pooler, too. A migration may take long.
            command.CommandText = $"""
                BEGIN;
                SET LOCAL lock_timeout = 0;
                SET LOCAL statement_timeout = 0;
                SET LOCAL idle_in_transaction_session_timeout = 0;
                SELECT pg_advisory_xact_lock({Key});
                SHOW server_encoding;
                """;
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return reader.GetString(0) is var encoding and not "UTF8"
                ? throw new UnfitDatabaseException(
                    $"The database {database.Database} holds text as {encoding}. Make one for UTF8: createdb --encoding=UTF8 --template=template0 {database.Database}")
                : new PostgresMigrationTurn(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder database, CancellationToken cancellationToken)
    {
        // Not from the pool: closing it ends the transaction, whatever has happened.
        var unpooled = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        try
        {
            return await ConnectAsync(unpooled, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(unpooled, cancellationToken);
            return await ConnectAsync(unpooled, cancellationToken);
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(NpgsqlConnectionStringBuilder parts, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(parts.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task CreateAsync(NpgsqlConnectionStringBuilder database, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres" }, cancellationToken);
        await using var command = connection.CreateCommand();
        var name = database.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
        command.CommandText = $"CREATE DATABASE \"{name}\" ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0";
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node was quicker.
        }
    }
}

/// <summary>The database is there, but not made in a way the gateway can work with.</summary>
public sealed class UnfitDatabaseException(string message) : Exception(message);
