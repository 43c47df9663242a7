namespace NewsGraph.Engine.Execution.Groups;

/// <summary>
/// A subscription with a source of its own: the next event is fetched when the reader has room for it, executed and pushed.
/// </summary>
internal sealed class PulledSubscription(IAsyncEnumerable<object?> events, EventExecution execution, OperationResources resources)
    : ISubscription
{
    public async Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var value in events.WithCancellation(cancellationToken))
            {
                var item = await execution.ExecuteAsync(value, (value as IPositioned)?.Position, cancellationToken);
                while (!sink.IsReady && !cancellationToken.IsCancellationRequested)
                {
                    await sink.WhenReadyAsync().WaitAsync(cancellationToken);
                }

                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                sink.OnNext(item);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader has had enough.
        }
        catch (Exception exception)
        {
            var last = execution.Describe(exception);
            if (!cancellationToken.IsCancellationRequested)
            {
                sink.OnNext(last);
            }
        }
    }

    public ValueTask DisposeAsync() => resources.EndAsync();
}
