using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>
/// Writes to PostgreSQL: every act in a transaction of its own on a connection of the pool, several side by side. An act
/// that meets a conflict, or whose connection breaks before its commit was asked for, is run again. Safe for concurrent use.
/// </summary>
internal sealed partial class PostgresWriter(
    PostgresDatabase database, ChangeJournal journal, IOptions<StorageOptions> options, TimeProvider time, ILogger<PostgresWriter> logger) : INewsWriter, IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.ConcurrentWrites);
    private readonly string _begin = PostgresTransaction.Begin(options.Value.LockTimeout);
    private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _letIn;
    private bool _closed;

    public async Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        LetIn();
        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                // A place that comes free in the moment of the cancellation is given all the same.
                cancellationToken.ThrowIfCancellationRequested();
                var (scope, result) = await RunAsync(act);
                scope.Committed(logger);
                return result;
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            LetOut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What was let in is written; nothing new is let in.
        lock (_gate)
        {
            _closed = true;
            if (_letIn == 0)
            {
                _allDone.TrySetResult();
            }
        }

        await _allDone.Task;
    }

    private void LetIn()
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw StorageErrors.Closed();
            }

            _letIn++;
        }
    }

    private void LetOut()
    {
        lock (_gate)
        {
            if (--_letIn == 0 && _closed)
            {
                _allDone.TrySetResult();
            }
        }
    }

    private async Task<(WriteScope Scope, T Result)> RunAsync<T>(Func<WriteScope, CancellationToken, Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(act);
            }
            catch (Exception exception) when (PostgresFailure.MayRunAgain(exception, attempt))
            {
                LogRunAgain(logger, attempt, exception.Message);
                await PostgresFailure.DelayAsync(attempt, time);
            }
        }
    }

    private async Task<(WriteScope Scope, T Result)> AttemptAsync<T>(Func<WriteScope, CancellationToken, Task<T>> act)
    {
        await using var db = database.CreateWriter();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
        await db.Database.ExecuteSqlRawAsync(_begin, CancellationToken.None);
        var scope = new WriteScope(db, journal);

        // Once begun an act is finished, as on every database: its caller may go.
        var result = await act(scope, CancellationToken.None);
        await scope.SaveAsync();
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception) when (PostgresFailure.LeavesCommitOpen(exception))
        {
            throw new CommitUnknownException(exception);
        }

        return (scope, result);
    }

    [LoggerMessage(121, LogLevel.Debug, "A write met a conflict or a broken connection (attempt {Attempt}: {Problem}) and is run again.")]
    private static partial void LogRunAgain(ILogger logger, int attempt, string problem);
}

/// <summary>The connection broke while a commit was under way: the change is there as a whole or not at all.</summary>
public sealed class CommitUnknownException(Exception cause)
    : Exception("The connection to the database broke during a commit; whether the change was stored is not known.", cause);
