namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>A change that is durable.</summary>
/// <param name="Id">Its number in the log; see <see cref="DataChange"/>.</param>
/// <param name="Tags">What was changed, as <see cref="ChangeSet"/> writes it.</param>
internal sealed record CommittedChange(long Id, ReadOnlyMemory<byte> Tags);

/// <summary>Hears of every change this process makes, after its commit and before its caller does. Must be quick and must not throw.</summary>
internal interface IChangeListener
{
    void Committed(CommittedChange change);
}

/// <summary>Writes each act's changes down with the act, and tells them to those who listen. Safe for concurrent use.</summary>
internal sealed class ChangeJournal(IEnumerable<IChangeListener> listeners, TimeProvider time)
{
    private readonly IChangeListener[] _listeners = [.. listeners];

    /// <summary>Notes a change in its own transaction.</summary>
    public DataChange Note(ChangeSet changes) => new() { At = time.GetUtcNow().UtcDateTime, Tags = changes.ToBytes() };

    /// <summary>The transaction is durable.</summary>
    public void Committed(DataChange change)
    {
        var committed = new CommittedChange(change.Id, change.Tags);
        foreach (var listener in _listeners)
        {
            listener.Committed(committed);
        }
    }
}
