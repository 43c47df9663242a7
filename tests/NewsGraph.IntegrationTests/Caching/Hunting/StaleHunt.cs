using System.Collections.Concurrent;
using System.Diagnostics;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Caching.Hunting;

/// <summary>
/// Writers and readers on several nodes at once, hunting for one answer that is older than the rule allows: the node that
/// acknowledged an act shows it at once, the others two position checks later at the latest.
/// </summary>
/// <param name="nodes">The nodes.</param>
/// <param name="numbers">What is changed and read.</param>
/// <param name="interval">The nodes' <c>Feeds:PositionCheckInterval</c>.</param>
internal sealed class StaleHunt(IReadOnlyList<HuntNode> nodes, IReadOnlyList<HuntedNumber> numbers, TimeSpan interval)
{
    private const int ReadersPerNode = 2;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    private readonly ConcurrentQueue<string> _found = new();
    private int _readings;

    /// <summary>How many answers were looked at.</summary>
    public int Readings => _readings;

    /// <summary>Hunts until every number was changed so many times on each node that can, or for some seconds; the answers that were wrong.</summary>
    /// <param name="acts">How many times.</param>
    public async Task<IReadOnlyCollection<string>> RunAsync(int acts)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Waiting.Limit + Longest);
        using var written = new CancellationTokenSource();
        var writers = nodes.SelectMany(node => numbers.Where(n => n.CanAct(node)).Select(number => WriteAsync(node, number, acts, limit.Token))).ToList();
        var readers = nodes.SelectMany(node => Enumerable.Range(0, ReadersPerNode).Select(seed => ReadAsync(node, seed, written.Token, limit.Token))).ToList();
        try
        {
            await Task.WhenAll(writers);
        }
        finally
        {
            await written.CancelAsync();
            await Task.WhenAll(readers);
        }

        return _found;
    }

    /// <summary>Compares what each node says in the end with an execution; what was different.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync()
    {
        // Everything was acknowledged, so this is the time the rule gives them.
        using var wait = new PeriodicTimer(interval * 2);
        await wait.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        List<string> different = [];
        foreach (var node in nodes)
        {
            foreach (var number in numbers)
            {
                if (await number.CompareAsync(node, TestContext.Current.CancellationToken) is { } problem)
                {
                    different.Add(problem);
                }
            }
        }

        return different;
    }

    private async Task WriteAsync(HuntNode node, HuntedNumber number, int acts, CancellationToken limit)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var act = 0; act < acts && Stopwatch.GetElapsedTime(begun) < Longest; act++)
        {
            await number.ActAsync(node, limit);
            await LookAsync(node, number, limit);

            // Now it is kept, for the next act to take away, unless another one has.
            await LookAsync(node, number, limit);
        }
    }

    private async Task ReadAsync(HuntNode node, int seed, CancellationToken written, CancellationToken limit)
    {
        for (var turn = seed; !written.IsCancellationRequested; turn++)
        {
            await LookAsync(node, numbers[turn % numbers.Count], limit);
        }
    }

    private async Task LookAsync(HuntNode node, HuntedNumber number, CancellationToken limit)
    {
        Interlocked.Increment(ref _readings);
        if (await number.CheckAsync(node, interval * 2, limit) is { } problem)
        {
            _found.Enqueue(problem);
        }
    }
}
