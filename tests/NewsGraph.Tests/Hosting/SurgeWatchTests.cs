using NewsGraph.Gateway.Hosting;

namespace NewsGraph.Tests.Hosting;

/// <summary>When memory is given back: after a surge, once, and never while somebody waits.</summary>
public class SurgeWatchTests
{
    private const long Megabyte = 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_surge_is_over_after_two_quiet_looks() =>
        Assert.Equal([false, false, true], Looks(100, 1, 1));

    [Fact]
    public void A_surge_ends_once() =>
        Assert.Equal([false, false, true, false, false, false], Looks(100, 0, 0, 0, 0, 0));

    [Fact]
    public void Every_surge_ends() =>
        Assert.Equal([false, false, true, false, false, false, true], Looks(100, 0, 0, 50, 50, 0, 0));

    [Fact]
    public void A_request_between_two_quiet_looks_puts_the_end_off() =>
        Assert.Equal([false, false, false, false, true], Looks(100, 0, 5, 0, 0));

    [Fact]
    public void A_trickle_is_no_surge_however_long_it_lasts() =>
        Assert.DoesNotContain(true, Looks([.. Enumerable.Repeat(6L, 500), 0, 0, 0]));

    [Fact]
    public void A_slow_surge_is_not_over_while_it_lasts() =>
        Assert.DoesNotContain(true, Looks([100, .. Enumerable.Repeat(3L, 500)]));

    /// <summary>What each look says, of so many megabytes since the one before.</summary>
    private static List<bool> Looks(params long[] megabytes)
    {
        var total = 17 * Megabyte;
        var watch = new SurgeWatch(Pause, total);
        return [.. megabytes.Select(some => watch.IsOver(total += some * Megabyte))];
    }
}
