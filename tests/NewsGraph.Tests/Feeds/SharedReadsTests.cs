using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Tests.Feeds;

public sealed class SharedReadsTests : IDisposable
{
    private readonly List<TaskCompletionSource<int>> _readings = [];
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SharedReads<string, int> _reads;

    public SharedReadsTests() => _reads = new SharedReads<string, int>(_ =>
    {
        var reading = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _readings.Add(reading);
        _begun.Release();
        return reading.Task;
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_during_a_reading_shares_the_next_one()
    {
        var first = _reads.ReadAsync("a", Cancellation);
        await BegunAsync(1);
        var during = Enumerable.Range(0, 100).Select(_ => _reads.ReadAsync("a", Cancellation)).ToList();

        _readings[0].SetResult(1);
        Assert.Equal(1, await first.WaitAsync(Waiting.Limit, Cancellation));
        await BegunAsync(1);
        _readings[1].SetResult(2);

        Assert.All(await Task.WhenAll(during).WaitAsync(Waiting.Limit, Cancellation), value => Assert.Equal(2, value));
        Assert.Equal(2, _readings.Count);
    }

    [Fact]
    public async Task Other_keys_do_not_wait_and_a_later_reading_is_new()
    {
        var a = _reads.ReadAsync("a", Cancellation);
        var b = _reads.ReadAsync("b", Cancellation);
        await BegunAsync(2);
        _readings.ForEach(reading => reading.SetResult(1));
        await Task.WhenAll(a, b).WaitAsync(Waiting.Limit, Cancellation);

        var again = _reads.ReadAsync("a", Cancellation);
        await BegunAsync(1);
        _readings[2].SetResult(3);

        Assert.Equal(3, await again.WaitAsync(Waiting.Limit, Cancellation));
    }

    [Fact]
    public async Task A_reading_that_fails_fails_those_who_share_it_and_nobody_after_them()
    {
        var first = _reads.ReadAsync("a", Cancellation);
        await BegunAsync(1);
        var second = _reads.ReadAsync("a", Cancellation);
        _readings[0].SetException(new InvalidOperationException("The database is away."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);

        await BegunAsync(1);
        _readings[1].SetResult(2);

        Assert.Equal(2, await second.WaitAsync(Waiting.Limit, Cancellation));
    }

    [Fact]
    public async Task Who_gives_up_does_not_end_the_reading_for_the_others()
    {
        using var stop = new CancellationTokenSource();
        var gone = _reads.ReadAsync("a", stop.Token);
        await BegunAsync(1);
        var gives = _reads.ReadAsync("a", stop.Token);
        var stays = _reads.ReadAsync("a", Cancellation);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gives);
        _readings[0].SetResult(1);
        await BegunAsync(1);
        _readings[1].SetResult(2);

        Assert.Equal(2, await stays.WaitAsync(Waiting.Limit, Cancellation));
    }

    public void Dispose() => _begun.Dispose();

    private async Task BegunAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _begun.WaitAsync(Waiting.Limit, Cancellation));
        }
    }
}
