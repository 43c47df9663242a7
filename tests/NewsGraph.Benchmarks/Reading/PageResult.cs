using System.Globalization;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>What one server did, the medians of its rounds.</summary>
internal sealed record PageRow(string Name, double PerSecond, double Microseconds, double Median, double Slowest, double Bytes)
{
    public static PageRow Of(ServerLoad load) => new(
        load.Name,
        load.PerSecond,
        load.Microseconds,
        Report.Median(load.Rounds.Select(r => r.Median)),
        Report.Median(load.Rounds.Select(r => r.Slowest)),
        Report.Median(load.Rounds.Select(r => r.Bytes)));

    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture, $"| {Name} | {PerSecond:0} | {Microseconds:0} | {Median:0.00} | {Slowest:0.00} | {Bytes:0} |");
}

/// <summary>A page on the gateway and on its limits.</summary>
internal sealed record PageResult(string Page, PageRow Gateway, PageRow ByHand, PageRow Stored)
{
    /// <summary>How much of the hand-written endpoint's speed the gateway has.</summary>
    public double OfByHand => ByHand.Microseconds / Gateway.Microseconds;

    public double OfStored => Stored.Microseconds / Gateway.Microseconds;

    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {char.ToUpperInvariant(Page[0])}{Page[1..]}:

        | | requests/s | server CPU µs | p50 ms | p99 ms | bytes |
        |---|---:|---:|---:|---:|---:|
        {Gateway.ToMarkdown()}
        {ByHand.ToMarkdown()}
        {Stored.ToMarkdown()}

        Gateway against the hand-written endpoint: {OfByHand:0.00} by processor time, {Gateway.PerSecond / ByHand.PerSecond:0.00} by requests/s.
        Against stored bytes: {OfStored:0.00} by processor time, {Gateway.PerSecond / Stored.PerSecond:0.00} by requests/s.
        """);
}
