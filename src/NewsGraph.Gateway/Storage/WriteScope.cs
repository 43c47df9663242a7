using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage;

/// <summary>What an act works on.</summary>
public sealed partial class WriteScope
{
    private readonly ChangeJournal _journal;
    private readonly List<Action> _afterCommit = [];
    private DataChange? _change;

    internal WriteScope(NewsContext db, ChangeJournal journal)
    {
        (Db, _journal) = (db, journal);
        db.Changes = Changes = new ChangeSet(db);
    }

    /// <summary>The context, inside the act's transaction.</summary>
    public NewsContext Db { get; }

    /// <summary>What the act has changed so far.</summary>
    public ChangeSet Changes { get; }

    /// <summary>Does something quick once the change is durable and before the caller hears of it (rings a feed's bell).</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>
    /// Keeps other acts that lock the same rows waiting until this act has ended. What is read afterwards is what the
    /// last of them left, and stays so. An act that decides by what it reads, or counts, locks first.
    /// </summary>
    /// <param name="ids">The rows' keys; those that do not exist are left out. Lock all rows of an act in one call.</param>
    /// <param name="cancellationToken">The act's own token.</param>
    /// <typeparam name="T">The rows' entity; it has one key, a number.</typeparam>
    public Task LockAsync<T>(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        where T : class => Db.LockRowsAsync<T>(ids, cancellationToken);

    /// <summary>Keeps other acts that lock the same name waiting, for what has no row.</summary>
    /// <param name="name">What is locked.</param>
    /// <param name="cancellationToken">The act's own token.</param>
    public Task LockAsync(string name, CancellationToken cancellationToken) => Db.LockNameAsync(name, cancellationToken);

    /// <summary>Saves what is left, and with it a note of all that was changed.</summary>
    internal async Task SaveAsync()
    {
        var left = Changes.Saving(Db.ChangeTracker);
        if (!left.TrueForAll(row => row.IsComplete))
        {
            // Their keys are in the note, too.
            await Db.SaveChangesAsync(CancellationToken.None);
            left = [];
        }

        Changes.Saved(left);
        if (!Changes.IsEmpty)
        {
            Db.Add(_change = _journal.Note(Changes));
        }

        await Db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>Does what was to follow the commit. The change is durable: its caller may hear of nothing else.</summary>
    internal void Committed(ILogger logger)
    {
        if (_change is not null)
        {
            _journal.Committed(_change);
        }

        foreach (var action in _afterCommit)
        {
            try
            {
                action();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogHookFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(120, LogLevel.Error, "Something that was to follow a committed change failed; the change itself stands.")]
    private static partial void LogHookFailed(ILogger logger, Exception exception);
}
