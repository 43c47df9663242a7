using NewsGraph.Engine.Execution;

namespace NewsGraph.Transports.Sse;

/// <summary>A finished result where a stream was asked for: a stream of one.</summary>
internal sealed class FinishedResult(ReadOnlyMemory<byte> json) : ISubscription
{
    public Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken)
    {
        sink.OnNext(new SubscriptionEvent(json));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
