using System.Globalization;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>One server against another, in as many runs as <see cref="Runs"/> says: the median of theirs, and how far they are apart.</summary>
internal sealed record Ratio(double Median, double Least, double Most)
{
    public const int Runs = 3;

    /// <summary>Of what was measured in turns; each turn of one is compared with the other's next to it.</summary>
    /// <param name="of">The one above the line.</param>
    /// <param name="to">The one below.</param>
    /// <param name="what">What of a turn is compared.</param>
    public static Ratio Of(ServerLoad of, ServerLoad to, Func<Round, double> what)
    {
        var turns = of.Rounds.Zip(to.Rounds, (a, b) => what(a) / what(b)).ToList();
        var runs = turns.Chunk(turns.Count / Runs).Select(Report.Median).ToList();
        return new Ratio(Report.Median(runs), runs.Min(), runs.Max());
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({Least:0.00} – {Most:0.00})");
}
