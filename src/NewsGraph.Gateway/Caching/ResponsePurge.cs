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

    // Changes that are purged already and that the log will show again.
    private readonly HashSet<long> _purged = [];

    public void Committed(CommittedChange change)
    {
        Purge(change.Tags.Span);
        Remember(change.Id);
        Ring(change);
    }

    /// <summary>Another node has rung; false when the log has to be read to know for what.</summary>
    public bool Heard(ReadOnlySpan<byte> bell)
    {
        if (bell.Length < sizeof(long))
        {
            return false;
        }

        var id = BinaryPrimitives.ReadInt64LittleEndian(bell);
        var tags = bell[sizeof(long)..];
        if (IsRemembered(id))
        {
            return true;
        }

        if (tags.IsEmpty)
        {
            return false;
        }

        Purge(tags);
        Remember(id);
        return true;
    }

    /// <summary>A change was read from the log.</summary>
    /// <param name="change">The change.</param>
    /// <param name="comesAgain">Whether the log may show it once more.</param>
    public void Read(CommittedChange change, bool comesAgain)
    {
        lock (_gate)
        {
            if (comesAgain ? !_purged.Add(change.Id) : _purged.Remove(change.Id))
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
            _purged.RemoveWhere(known => known <= id);
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

    private bool IsRemembered(long id)
    {
        lock (_gate)
        {
            return _purged.Contains(id);
        }
    }

    private void Remember(long id)
    {
        // A process that serves nothing reads no log, and would remember all for ever.
        if (!cache.IsEnabled)
        {
            return;
        }

        lock (_gate)
        {
            _purged.Add(id);
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
