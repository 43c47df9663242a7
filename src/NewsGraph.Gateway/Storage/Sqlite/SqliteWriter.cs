using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Sqlite;

/// <summary>
/// The one writer of an SQLite database. A commit waits for the disk, so acts that wait at the same time share one:
/// each runs in a savepoint of one transaction, a failed one is rolled back alone, and all hear of the commit together.
/// Any thread may call; acts run one at a time, in the order they came.
/// </summary>
internal sealed class SqliteWriter : INewsWriter, IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly ChangeJournal _journal;
    private readonly StorageOptions _options;
    private readonly ILogger _logger;
    private readonly Channel<Job> _waiting;
    private readonly Task _loop;

    public SqliteWriter(SqliteDatabase database, ChangeJournal journal, IOptions<StorageOptions> options, ILogger<SqliteWriter> logger)
    {
        _database = database;
        _journal = journal;
        _options = options.Value;
        _logger = logger;
        _waiting = Channel.CreateBounded<Job>(new BoundedChannelOptions(_options.MaxWaitingWrites) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    public async Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        var job = new Job<T>(act, cancellationToken);
        try
        {
            await _waiting.Writer.WriteAsync(job, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw StorageErrors.Closed();
        }

        return await job.Task;
    }

    public async ValueTask DisposeAsync()
    {
        // What was let in is written; nothing new is let in.
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var group = new List<Job>();
            try
            {
                await WriteGroupAsync(group);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Nothing of the group is durable, so every act of it has failed. No group means that the database could
                // not be opened or stayed locked: those who wait would only wait once more for the same answer.
                if (group.Count == 0)
                {
                    TakeWaiting(group);
                }

                foreach (var job in group)
                {
                    job.Fail(exception);
                }
            }
        }
    }

    private void TakeWaiting(List<Job> group)
    {
        while (group.Count < _options.GroupCommitSize && _waiting.Reader.TryRead(out var job))
        {
            group.Add(job);
        }
    }

    private async Task WriteGroupAsync(List<Job> group)
    {
        await using var connection = await _database.OpenWriterAsync(CancellationToken.None);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var options = _database.WriterOptions(connection);

        while (group.Count < _options.GroupCommitSize && _waiting.Reader.TryRead(out var job))
        {
            group.Add(job);
            await RunAsync(job, _journal, options, transaction);
        }

        transaction.Commit();
        foreach (var job in group)
        {
            job.Succeed(_logger);
        }
    }

    private static async Task RunAsync(Job job, ChangeJournal journal, DbContextOptions<SqliteNewsContext> options, SqliteTransaction transaction)
    {
        const string Savepoint = "act";
        transaction.Save(Savepoint);
        try
        {
            await using var db = new SqliteNewsContext(options);
            await db.Database.UseTransactionAsync(transaction);
            await job.RunAsync(db, journal);
            transaction.Release(Savepoint);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
            job.Fail(exception);
        }
    }

    private abstract class Job
    {
        public abstract Task RunAsync(NewsContext db, ChangeJournal journal);

        public abstract void Succeed(ILogger logger);

        public abstract void Fail(Exception exception);
    }

    private sealed class Job<T>(Func<WriteScope, CancellationToken, Task<T>> act, CancellationToken cancellationToken) : Job
    {
        // Continuations must not run on the writer's loop.
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private WriteScope? _scope;
        private T? _result;

        public Task<T> Task => _done.Task;

        public override async Task RunAsync(NewsContext db, ChangeJournal journal)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _scope = new WriteScope(db, journal);

            // Once begun an act is finished: its caller may go, the transaction it shares may not wait for that.
            _result = await act(_scope, CancellationToken.None);
            await _scope.SaveAsync();
        }

        public override void Succeed(ILogger logger)
        {
            if (_done.Task.IsCompleted)
            {
                return;
            }

            _scope!.Committed(logger);
            _done.TrySetResult(_result!);
        }

        public override void Fail(Exception exception) => _done.TrySetException(exception);
    }
}
