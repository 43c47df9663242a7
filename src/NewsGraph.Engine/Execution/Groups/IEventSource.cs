namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// One line of events, numbered in order without a gap, that can be heard as it grows and read again. Safe for
/// concurrent use.
/// </summary>
public interface IEventSource
{
    /// <summary>Begins to tell a listener of new events.</summary>
    /// <param name="listener">Hears every event after the returned number, once and in order.</param>
    long Add(IEventListener listener);

    /// <summary>Stops telling a listener.</summary>
    /// <param name="listener">The listener; an unknown one is nothing wrong.</param>
    void Remove(IEventListener listener);

    /// <summary>Reads the events after a number again, as they are told now.</summary>
    /// <param name="after">The number.</param>
    /// <param name="limit">The most events to read.</param>
    /// <param name="cancellationToken">Ends the work when nobody waits for it.</param>
    /// <returns>The events from <paramref name="after"/> + 1 on, without a gap; none when there are none.</returns>
    /// <exception cref="GraphQL.ExecutionError">They are not kept any more; clients read the error.</exception>
    Task<IReadOnlyList<SourceEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken);
}

/// <summary>Hears the events of a source.</summary>
public interface IEventListener
{
    /// <summary>Takes an event, at once; the source waits.</summary>
    /// <param name="item">The event.</param>
    void OnEvent(in SourceEvent item);
}

/// <summary>One event of a source.</summary>
/// <param name="Number">Its place: 1, 2, 3 …</param>
/// <param name="Value">What it tells, the source of the selection; null when it tells nothing any more.</param>
/// <param name="Position">The opaque position right after it, for clients to resume from.</param>
/// <param name="Hides">Whether it took back what earlier events told, so that none of them may be repeated from memory.</param>
public readonly record struct SourceEvent(long Number, object? Value, string? Position = null, bool Hides = false);
