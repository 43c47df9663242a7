using System.Globalization;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>What one server did, the medians of its turns.</summary>
internal sealed record PageRow(string Name, double PerSecond, double Microseconds, double Median, double Slowest, double Bytes)
{
    public static PageRow Of(ServerLoad load) => new(
        load.Name,
        Report.Median(load.Rounds.Select(r => r.PerSecond)),
        load.Microseconds,
        Report.Median(load.Rounds.Select(r => r.Median)),
        Report.Median(load.Rounds.Select(r => r.Slowest)),
        Report.Median(load.Rounds.Select(r => r.Bytes)));

    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture, $"| {Name} | {PerSecond:0} | {Microseconds:0} | {Median:0.00} | {Slowest:0.00} | {Bytes:0} |");
}

/// <summary>A page on the gateway and on its limits.</summary>
internal sealed record PageResult(string Page, ServerLoad Gateway, ServerLoad ByHand, ServerLoad Stored)
{
    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {char.ToUpperInvariant(Page[0])}{Page[1..]}:

        | | requests/s | server CPU µs | p50 ms | p99 ms | bytes |
        |---|---:|---:|---:|---:|---:|
        {PageRow.Of(Gateway).ToMarkdown()}
        {PageRow.Of(ByHand).ToMarkdown()}
        {PageRow.Of(Stored).ToMarkdown()}

        The gateway's speed against the hand-written endpoint's, median of {Ratio.Runs} runs: {Against(ByHand)}.
        Against stored bytes: {Against(Stored)}.
        """);

    private string Against(ServerLoad limit) =>
        $"{Ratio.Of(limit, Gateway, r => r.Microseconds)} by processor time, {Ratio.Of(Gateway, limit, r => r.PerSecond)} by requests/s";
}
