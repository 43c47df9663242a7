using System.Buffers.Binary;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Caching;

/// <summary>
/// Takes kept results away when what they were built from has changed: on this node between the commit and the answer to
/// the writer, and rings a bell for the other nodes. Safe for concurrent use.
/// </summary>
internal sealed partial class ResponsePurge(ResponseCache cache, ITopicBus bus, ILogger<ResponsePurge> logger) : IChangeListener
{
    /// <summary>The bell's topic.</summary>
    public const string Topic = "changes";

    // A bell is small; who hears of a larger change reads it from the log.
    private const int MaxBell = 8 * 1024;

    private readonly Lock _gate = new();

    // Changes that are purged already and that the log will show again. Not by their numbers alone: a bell may be another
    // database's, and one that was put back to an earlier state gives the same numbers once more.
    private readonly HashSet<(long Id, int Tags)> _purged = [];

    public void Committed(CommittedChange change)
    {
        Purge(change.Tags.Span);
        Remember(Mark(change.Id, change.Tags.Span));
        Ring(change);
    }

    /// <summary>Another node has rung; false when the log has to be read to know for what.</summary>
    public bool Heard(ReadOnlySpan<byte> bell)
    {
        if (bell.Length < sizeof(long))
        {
            return false;
        }

        var tags = bell[sizeof(long)..];
        if (tags.IsEmpty)
        {
            return false;
        }

        var mark = Mark(BinaryPrimitives.ReadInt64LittleEndian(bell), tags);
        if (!IsRemembered(mark))
        {
            Purge(tags);
            Remember(mark);
        }

        return true;
    }

    /// <summary>A change was read from the log.</summary>
    /// <param name="change">The change.</param>
    /// <param name="comesAgain">Whether the log may show it once more.</param>
    public void Read(CommittedChange change, bool comesAgain)
    {
        var mark = Mark(change.Id, change.Tags.Span);
        lock (_gate)
        {
            if (comesAgain ? !_purged.Add(mark) : _purged.Remove(mark))
            {
                return;
            }
        }

        Purge(change.Tags.Span);
    }

    /// <summary>The log does not show changes up to a number any more.</summary>
    public void ForgetUpTo(long id)
    {
        lock (_gate)
        {
            _purged.RemoveWhere(known => known.Id <= id);
        }
    }

    private void Purge(ReadOnlySpan<byte> bytes)
    {
        if (ChangeSet.Read(bytes) is { } tags)
        {
            cache.Purge(tags);
        }
        else
        {
            cache.PurgeAll();
        }
    }

    private static (long Id, int Tags) Mark(long id, ReadOnlySpan<byte> tags)
    {
        var hash = default(HashCode);
        hash.AddBytes(tags);
        return (id, hash.ToHashCode());
    }

    private bool IsRemembered((long Id, int Tags) mark)
    {
        lock (_gate)
        {
            return _purged.Contains(mark);
        }
    }

    private void Remember((long Id, int Tags) mark)
    {
        // A process that serves nothing reads no log, and would remember all for ever.
        if (!cache.IsEnabled)
        {
            return;
        }

        lock (_gate)
        {
            _purged.Add(mark);
        }
    }

    private async void Ring(CommittedChange change)
    {
        try
        {
            var isSmall = change.Tags.Length <= MaxBell;
            var bell = new byte[sizeof(long) + (isSmall ? change.Tags.Length : 0)];
            BinaryPrimitives.WriteInt64LittleEndian(bell, change.Id);
            if (isSmall)
            {
                change.Tags.Span.CopyTo(bell.AsSpan(sizeof(long)));
            }

            await bus.PublishAsync(Topic, bell);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The change is in the log; other nodes find it with their next position check.
            LogRingFailed(logger, change.Id, exception);
        }
    }

    [LoggerMessage(130, LogLevel.Warning, "The bell could not be rung for change {Id}; other nodes find it with their next position check.")]
    private static partial void LogRingFailed(ILogger logger, long id, Exception exception);
}
