namespace NewsGraph.Gateway.Drill;

/// <summary>Pauses between attempts: up to twice as long after each failure, and of random length, so that those who failed together do not come back together.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private const double FirstMilliseconds = 100;
    private const double MostMilliseconds = 3_000;

    private int _failures;

    public void Succeeded() => _failures = 0;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var most = Math.Min(MostMilliseconds, FirstMilliseconds * Math.Pow(2, _failures++));
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most), time, cancellationToken);
    }
}
