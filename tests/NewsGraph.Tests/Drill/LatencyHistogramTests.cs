using NewsGraph.Gateway.Drill;

namespace NewsGraph.Tests.Drill;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void A_percentile_is_never_too_low_and_at_most_three_percent_too_high(double share)
    {
        var histogram = new LatencyHistogram();
        var random = new Random(1);
        var durations = Enumerable.Range(0, 10_000).Select(_ => TimeSpan.FromMicroseconds(Math.Floor(Math.Pow(10, random.NextDouble() * 7)))).ToList();
        durations.ForEach(histogram.Record);
        var exact = durations.Order().ElementAt((int)(share * durations.Count) - 1);

        var percentile = histogram.Percentile(share);

        Assert.InRange(percentile, exact, exact * 1.03125);
    }

    [Fact]
    public void The_longest_duration_is_exact()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1234.567));
        histogram.Record(TimeSpan.FromMilliseconds(2));

        Assert.Equal(TimeSpan.FromMilliseconds(1234.567), histogram.Max);
        Assert.Equal(TimeSpan.FromMilliseconds(1234.567), histogram.Percentile(1));
        Assert.Equal(2, histogram.Count);
    }

    [Fact]
    public void Without_durations_everything_is_zero() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.99));

    [Fact]
    public void Two_histograms_added_are_one_that_saw_all()
    {
        var (one, two, all) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 500; i++)
        {
            one.Record(TimeSpan.FromMicroseconds(i));
            two.Record(TimeSpan.FromMilliseconds(i));
            all.Record(TimeSpan.FromMicroseconds(i));
            all.Record(TimeSpan.FromMilliseconds(i));
        }

        one.Add(two);

        Assert.Equal(all.Count, one.Count);
        Assert.Equal(all.Max, one.Max);
        Assert.All([0.1, 0.5, 0.75, 0.99], share => Assert.Equal(all.Percentile(share), one.Percentile(share)));
    }
}
