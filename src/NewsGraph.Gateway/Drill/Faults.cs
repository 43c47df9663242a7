namespace NewsGraph.Gateway.Drill;

/// <summary>Breaks things at intervals, each kind on its own, and counts. The counts are for any thread.</summary>
internal sealed class Faults(DrillPlan plan, IDrillCluster cluster, IReadOnlyList<DrillReader> readers, TimeProvider time)
{
    private int _nodeKills;
    private int _redisRestarts;
    private int _cuts;
    private int _socketsCut;

    /// <summary>How many nodes were killed and came back.</summary>
    public int NodeKills => Volatile.Read(ref _nodeKills);

    /// <summary>How often Redis was killed and came back.</summary>
    public int RedisRestarts => Volatile.Read(ref _redisRestarts);

    /// <summary>How often sockets were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>How many sockets were cut in all.</summary>
    public int SocketsCut => Volatile.Read(ref _socketsCut);

    /// <summary>Breaks things until it is stopped; complete when everything is whole again.</summary>
    /// <param name="stop">No new fault is begun.</param>
    /// <param name="abort">Even a restart under way is given up.</param>
    public Task RunAsync(CancellationToken stop, CancellationToken abort) => Task.WhenAll(
        RepeatAsync(plan.KillNodeEvery, () => KillNodeAsync(abort), stop),
        RepeatAsync(plan.RestartRedisEvery, () => RestartRedisAsync(abort), stop),
        RepeatAsync(plan.CutEvery, CutAsync, stop));

    private async Task KillNodeAsync(CancellationToken cancellationToken)
    {
        await cluster.RestartNodeAsync(cancellationToken);
        Interlocked.Increment(ref _nodeKills);
    }

    private async Task RestartRedisAsync(CancellationToken cancellationToken)
    {
        await cluster.RestartRedisAsync(cancellationToken);
        Interlocked.Increment(ref _redisRestarts);
    }

    private Task CutAsync()
    {
        var share = (int)Math.Ceiling(readers.Count * plan.CutShare);
        var chosen = readers.ToArray();
        Random.Shared.Shuffle(chosen);
        Interlocked.Add(ref _socketsCut, chosen.Take(share).Count(reader => reader.Cut()));
        Interlocked.Increment(ref _cuts);
        return Task.CompletedTask;
    }

    private async Task RepeatAsync(TimeSpan? every, Func<Task> fault, CancellationToken stop)
    {
        if (every is not { } pause)
        {
            return;
        }

        // On the beat and not a pause after the last, so that there are as many as the plan promises.
        using var beat = new PeriodicTimer(pause, time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await beat.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await fault();
        }
    }
}
