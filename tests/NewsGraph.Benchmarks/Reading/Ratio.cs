using System.Globalization;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>One server against another: the median of as many runs as <see cref="Runs"/> says, and each of them in its order.</summary>
internal sealed record Ratio(IReadOnlyList<double> Each)
{
    public const int Runs = 3;

    /// <summary>Of what was measured in turns; each turn of one is compared with the other's next to it.</summary>
    /// <param name="of">The one above the line.</param>
    /// <param name="to">The one below.</param>
    /// <param name="what">What of a turn is compared.</param>
    public static Ratio Of(ServerLoad of, ServerLoad to, Func<Round, double> what)
    {
        var turns = of.Rounds.Zip(to.Rounds, (a, b) => what(a) / what(b)).ToList();
        return new Ratio([.. turns.Chunk(turns.Count / Runs).Select(Report.Median)]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Report.Median(Each):0.00} ({string.Join(", ", Each.Select(run => run.ToString("0.00", CultureInfo.InvariantCulture)))})");
}
