namespace NewsGraph.Engine.Execution.Groups;

/// <summary>A subscription that is run with all others that are equal to it.</summary>
internal sealed class SharedSubscription(GroupKey key, SharedStream stream, EventExecution execution, SubscriptionGroups groups)
    : ISubscription
{
    // Given up when the group has it: a thousand members shall not hold a thousand contexts.
    private EventExecution? _execution = execution;
    private int _released;

    public async Task RunAsync(ISubscriptionSink sink, CancellationToken cancellationToken)
    {
        if (stream.Prologue is { } prologue && !await TryPushAsync(sink, prologue, cancellationToken))
        {
            return;
        }

        var member = new GroupMember(sink, stream);
        var group = groups.Join(key, stream, _execution!, member);
        _execution = null;
        try
        {
            await using (cancellationToken.UnsafeRegister(static state => ((GroupMember)state!).End(), member))
            {
                await member.Ended;
            }
        }
        finally
        {
            groups.Leave(group, member);
        }
    }

    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _released, 1) == 0 && stream.Release is { } release ? release() : ValueTask.CompletedTask;

    private async Task<bool> TryPushAsync(ISubscriptionSink sink, SourceEvent prologue, CancellationToken cancellationToken)
    {
        try
        {
            sink.OnNext(await _execution!.ExecuteAsync(prologue.Value, prologue.Position, cancellationToken));
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
