namespace NewsGraph.Engine.Execution;

/// <summary>
/// A subscription that stands: what happens from now on is in it. It pushes ready results to its reader, so that equal
/// subscriptions can share one execution and nobody on the way waits for anybody.
/// </summary>
public interface ISubscription : IAsyncDisposable
{
    /// <summary>
    /// Pushes the results, in order and one at a time, until there are no more or the reader has had enough. What goes
    /// wrong is pushed as a last result. Once per subscription.
    /// </summary>
    /// <param name="sink">The reader; not called any more once the task is complete.</param>
    /// <param name="cancellationToken">The reader has had enough. The task completes as always, without an exception.</param>
    Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken);
}

/// <summary>
/// One reader of a <see cref="ISubscription"/>, as its transport sees it: a bounded queue. Any thread may call, so nothing
/// here may wait or throw.
/// </summary>
public interface ISubscriptionSink
{
    /// <summary>
    /// Whether the queue has room to spare. What can be read again later (a replay) is pushed only while this is true;
    /// what happens now is pushed regardless, and a reader whose queue is full is too slow and is cut off.
    /// </summary>
    bool IsReady { get; }

    /// <summary>Takes a result, at once.</summary>
    /// <param name="item">The result.</param>
    void OnNext(in SubscriptionEvent item);

    /// <summary>Completes when <see cref="IsReady"/> may have become true, or when the reader has gone.</summary>
    Task WhenReadyAsync();
}

/// <summary>One result of a subscription.</summary>
/// <param name="Json">The result object as UTF-8 JSON; shared between equal subscribers, so never written to.</param>
/// <param name="Id">The position to resume after (SSE's <c>id:</c>), or null when the field has none.</param>
public readonly record struct SubscriptionEvent(ReadOnlyMemory<byte> Json, string? Id = null);
