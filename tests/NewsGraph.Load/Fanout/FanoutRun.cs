using System.Globalization;
using NewsGraph.Load.Raw;
using NewsGraph.Load.Sockets;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Load.Fanout;

/// <summary>Fan-out of the gateway and of the raw broadcast, in turns, so that both meet the same machine.</summary>
internal static class FanoutRun
{
    private const double MostMilliseconds = 250;
    private const double LeastShare = 0.6;

    private const double WarmUpTolerance = 0.1;
    private const int LeastWarmUpRounds = 4;
    private const int MostWarmUpRounds = 20;
    private const int WarmUpUnderWay = 4;

    // Once may be the machine's fault; more at a time than what is late twice would only be later still.
    private const int MostLateInARow = 2;

    private static readonly TimeSpan WarmUpRound = TimeSpan.FromSeconds(4);
    private static readonly int[] UnderWay = [1, 2, 4, 8, 16, 32];

    public static async Task<int> RunAsync(FanoutOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-load-");
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var server = await GatewayProcess.StartAsync(folder.FullName, "Development", options.Settings, cancellationToken);
            await using var rawServer = await RawBroadcastServer.StartAsync(cancellationToken);
            var source = await GatewaySource.OfFirstArticleAsync(server, cancellationToken);
            var first = new FirstMessage();
            using var gateway = new Audience(
                source, await SubscriberPool.OpenAsync(options.Subscribers, source.Address, source.Subscription, first, cancellationToken));
            await gateway.GatherAsync(cancellationToken);
            var rawSource = new RawSource(rawServer, first.Bytes);
            using var raw = new Audience(
                rawSource, await SubscriberPool.OpenAsync(options.Subscribers, RawBroadcastServer.AddressOf(rawServer), null, first, cancellationToken));
            await raw.GatherAsync(cancellationToken);

            Report.Title("Warm-up, until two rounds cost the same");
            await WarmUpAsync(gateway, cancellationToken);
            await WarmUpAsync(raw, cancellationToken);
            Report.Title($"{options.Subscribers} subscribers, messages of {first.Bytes.Length} bytes, {options.Rate} a second for {options.Seconds} s");
            var steady = await SteadyAsync(gateway, options, cancellationToken);
            await SteadyAsync(raw, options, cancellationToken);
            Measurement[] all =
            [
                new("deliveries missing, doubled or out of order", Wrong(steady), 0, ""),
                new("latency, 99th percentile", steady.Latency.Percentile(0.99).TotalMilliseconds, MostMilliseconds, "ms"),
                .. await ShareAsync(gateway, raw, options, cancellationToken),
            ];
            Report.Title("Targets");
            Report.Table(all);
            return all.All(m => m.IsMet) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Code is compiled in steps while it runs; the first events cost several times what later ones do.
    private static async Task WarmUpAsync(Audience audience, CancellationToken cancellationToken)
    {
        var costs = new List<double>();
        while (costs.Count < LeastWarmUpRounds || (Math.Abs(costs[^1] - costs[^2]) > WarmUpTolerance * costs[^2] && costs.Count < MostWarmUpRounds))
        {
            costs.Add((await audience.SaturateAsync(WarmUpUnderWay, WarmUpRound, cancellationToken)).Cost);
        }

        Report.Line($"{audience.Source.Name}, processor per delivery", $"{string.Join(", ", costs.Select(c => c.ToString("0.0", CultureInfo.InvariantCulture)))} µs");
    }

    private static async Task<FanoutResult> SteadyAsync(Audience audience, FanoutOptions options, CancellationToken cancellationToken)
    {
        var result = await audience.SendAsync(options.Rate, options.Rate * options.Seconds, cancellationToken);
        var (tally, latency) = (result.Tally, result.Latency);
        Report.Line($"{audience.Source.Name}, deliveries", $"{tally.Expected} expected, {tally.Received} received, {tally.Missing} missing, {tally.Doubled} doubled, {tally.OutOfOrder} out of order");
        Report.Line("  from the post's start to receipt", $"p50 {latency.Percentile(0.5).TotalMilliseconds:0.0} ms, p99 {latency.Percentile(0.99).TotalMilliseconds:0.0} ms, at most {latency.Max.TotalMilliseconds:0.0} ms");
        Report.Line("  the server's processor", $"{result.Cost:0.00} µs per delivery");
        if (result.Ended is { } reason)
        {
            Report.Line("  a subscriber was lost", $"{reason}");
        }

        return result;
    }

    private static async Task<Measurement[]> ShareAsync(Audience gateway, Audience raw, FanoutOptions options, CancellationToken cancellationToken)
    {
        if (options.Rounds == 0)
        {
            return [];
        }

        Report.Title($"As many as it can carry: events always under way, {options.RoundSeconds} s each");
        var most = new Dictionary<Audience, (int UnderWay, double Rate)>();
        var late = new Dictionary<Audience, int> { [gateway] = 0, [raw] = 0 };
        foreach (var underWay in UnderWay)
        {
            foreach (var audience in late.Keys.Where(a => late[a] < MostLateInARow).ToArray())
            {
                var rate = await SaturateAsync(audience, underWay, options, cancellationToken);
                late[audience] = rate == 0 ? late[audience] + 1 : 0;
                if (rate > most.GetValueOrDefault(audience).Rate)
                {
                    most[audience] = (underWay, rate);
                }
            }
        }

        if (most.Count < 2)
        {
            throw new InvalidOperationException($"A single event under way takes more than {MostMilliseconds} ms already; use fewer subscribers.");
        }

        Report.Title($"The best of these again, {options.Rounds} times in turns");
        var rates = most.Keys.ToDictionary(a => a, _ => new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var audience in rates.Keys)
            {
                // What is late today is not what it can carry: fewer at a time, then.
                double rate;
                while ((rate = await SaturateAsync(audience, most[audience].UnderWay, options, cancellationToken)) == 0 && most[audience].UnderWay > 1)
                {
                    most[audience] = (most[audience].UnderWay / 2, 0);
                }

                rates[audience].Add(rate);
            }
        }

        var carried = Report.Median(rates[raw]);
        if (carried == 0)
        {
            throw new InvalidOperationException("The raw broadcast itself was late in most rounds; run again on a quieter machine.");
        }

        var share = Report.Median(rates[gateway]) / carried;
        return [new Measurement("fan-out rate against the raw broadcast, medians", share, LeastShare, "x", AtLeast: true)];
    }

    /// <returns>Deliveries a second; 0 when they were too late.</returns>
    private static async Task<double> SaturateAsync(Audience audience, int underWay, FanoutOptions options, CancellationToken cancellationToken)
    {
        var result = await audience.SaturateAsync(underWay, TimeSpan.FromSeconds(options.RoundSeconds), cancellationToken);
        var p99 = result.Latency.Percentile(0.99).TotalMilliseconds;
        var late = p99 > MostMilliseconds;
        var wrong = Wrong(result);
        Report.Line(
            $"{audience.Source.Name}, {underWay} under way",
            $"{result.Rate:0} deliveries a second, p99 {p99:0} ms{(late ? " (too late)" : "")}, {result.Cost:0.00} µs of the server's processor each{(wrong > 0 ? $", {wrong} WRONG" : "")}");
        return late || wrong > 0 ? 0 : result.Rate;
    }

    private static long Wrong(FanoutResult result) =>
        result.Tally.Missing + result.Tally.Doubled + result.Tally.OutOfOrder + result.Tally.Unknown;
}
