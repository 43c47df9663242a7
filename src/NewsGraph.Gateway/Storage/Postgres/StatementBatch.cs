using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Storage.Reading;
using Npgsql;

namespace NewsGraph.Gateway.Storage.Postgres;

/// <summary>
/// Statements that the loaders of one level ask for: sent in one round trip, on one connection. Four of them cost a third of the processor time
/// that they cost on four connections. A statement that is alone, and each of a batch that fails, is run by itself, so one's error is not another's.
/// </summary>
internal sealed class StatementBatch
{
    [ThreadStatic]
    private static StatementBatch? _open;

    private readonly PostgresDatabase _database;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Asked> _asked = [];

    private StatementBatch(PostgresDatabase database, CancellationToken cancellationToken) =>
        (_database, _cancellationToken) = (database, cancellationToken);

    /// <summary>The rows of a statement that is sent with the others of its level; null when no level is being started.</summary>
    /// <param name="database">Where it is run.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="values">Its values.</param>
    /// <param name="cancellationToken">Gives up. Only what gives up together is sent together.</param>
    public static Task<List<TRow>>? TryAdd<TRow>(
        PostgresDatabase database, Statement<TRow> statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        var batch = _open;
        if (batch is null || batch._database != database || batch._cancellationToken != cancellationToken)
        {
            batch = new StatementBatch(database, cancellationToken);
            if (!LoadLevel.TryAtEnd(batch.Send))
            {
                return null;
            }

            _open = batch;
        }

        var asked = new Asked<TRow>(statement, values);
        batch._asked.Add(asked);
        return asked.Rows;
    }

    private void Send()
    {
        _open = null;
        _ = SendAsync();
    }

    // Never fails: each statement has its own result.
    private async Task SendAsync()
    {
        if (_asked.Count > 1 && await TryTogetherAsync())
        {
            foreach (var asked in _asked)
            {
                asked.Give();
            }
        }
        else
        {
            await Task.WhenAll(_asked.Select(asked => asked.RunAloneAsync(_database, _cancellationToken)));
        }
    }

    private async Task<bool> TryTogetherAsync()
    {
        try
        {
            await _database.ReadTogetherAsync(_asked, _cancellationToken);
            return true;
        }
        catch (Exception)
        {
            // Whose it is, and whether it may be read again, is found out by running each alone.
            return false;
        }
    }

    /// <summary>A statement that waits to be sent.</summary>
    internal abstract class Asked
    {
        public abstract Statement Statement { get; }

        public abstract IReadOnlyList<object> Values { get; }

        /// <summary>Takes the rows of the result that the reader stands on.</summary>
        public abstract Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken);

        /// <summary>Hands over what was read, once the connection is back in the pool.</summary>
        public abstract void Give();

        public abstract Task RunAloneAsync(PostgresDatabase database, CancellationToken cancellationToken);
    }

    private sealed class Asked<TRow>(Statement<TRow> statement, IReadOnlyList<object> values) : Asked
    {
        private readonly TaskCompletionSource<List<TRow>> _rows = new();
        private List<TRow> _read = [];

        public Task<List<TRow>> Rows => _rows.Task;

        public override Statement Statement => statement;

        public override IReadOnlyList<object> Values => values;

        public override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
            _read = await PostgresDatabase.RowsAsync(statement, reader, cancellationToken);

        public override void Give() => _rows.TrySetResult(_read);

        public override async Task RunAloneAsync(PostgresDatabase database, CancellationToken cancellationToken)
        {
            var run = database.RunAloneAsync(statement, values, cancellationToken);
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _rows.TrySetFromTask(run);
        }
    }
}
