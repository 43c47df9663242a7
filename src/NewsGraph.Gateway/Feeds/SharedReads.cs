using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// Lets all who ask for the same share one reading. Whoever comes while a reading is under way shares the next one, so
/// everybody gets what was there after he asked. Safe for concurrent use.
/// </summary>
/// <param name="read">Reads; not cancelled by anyone who waits, since the others wait, too.</param>
public sealed class SharedReads<TKey, TValue>(Func<TKey, Task<TValue>> read)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Readings> _byKey = [];

    /// <summary>Reads, with others or alone.</summary>
    /// <param name="key">What to read.</param>
    /// <param name="cancellationToken">Ends the wait, not the reading.</param>
    public Task<TValue> ReadAsync(TKey key, CancellationToken cancellationToken)
    {
        // Whose reading it is cannot be said, so what depends on it is not kept.
        DataReads.Current?.Forbid();
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var readings))
            {
                readings = new Readings();
                _byKey.Add(key, readings);
                readings.Running = RunAsync(key, readings);
                return readings.Running.WaitAsync(cancellationToken);
            }

            readings.Next ??= FollowAsync(key, readings, readings.Running!);
            return readings.Next.WaitAsync(cancellationToken);
        }
    }

    private async Task<TValue> FollowAsync(TKey key, Readings readings, Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return await RunAsync(key, readings);
    }

    private async Task<TValue> RunAsync(TKey key, Readings readings)
    {
        // The caller holds the gate.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return await read(key);
        }
        finally
        {
            lock (_gate)
            {
                if (readings.Next is null)
                {
                    _byKey.Remove(key);
                }

                (readings.Running, readings.Next) = (readings.Next, null);
            }
        }
    }

    private sealed class Readings
    {
        public Task<TValue>? Running { get; set; }

        public Task<TValue>? Next { get; set; }
    }
}
