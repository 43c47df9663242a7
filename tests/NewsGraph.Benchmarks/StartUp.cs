using System.Diagnostics;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks;

/// <summary>From starting the process to the whole first answer, the front page, over HTTP.</summary>
internal static class StartUp
{
    private const double MostSeconds = 3;

    public static async Task<Measurement> MeasureAsync(string folder, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        // The first start makes the database and loads the demo content, which the others find.
        var (first, _) = await StartAsync(folder, cancellationToken);
        var times = new List<double>();
        var ready = new List<double>();
        for (var i = 0; i < options.Starts; i++)
        {
            var (answered, listening) = await StartAsync(folder, cancellationToken);
            times.Add(answered);
            ready.Add(listening);
        }

        Report.Line("very first start, with an empty database", $"{first:0.00} s");
        Report.Line($"{times.Count} starts, to the address being printed", $"{ready.Min():0.00} – {ready.Max():0.00} s, median {Report.Median(ready):0.00} s");
        Report.Line($"{times.Count} starts, to the first answer", $"{times.Min():0.00} – {times.Max():0.00} s, median {Report.Median(times):0.00} s");
        return new Measurement("start to first answer, median", Report.Median(times), MostSeconds, "s");
    }

    private static async Task<(double Answered, double Listening)> StartAsync(string folder, CancellationToken cancellationToken)
    {
        await using var gateway = await GatewayProcess.StartAsync(folder, cancellationToken);
        await gateway.QueryAsync(GatewayProcess.Operation("front-page"), null, cancellationToken);
        return (Stopwatch.GetElapsedTime(gateway.Started).TotalSeconds, gateway.Ready.TotalSeconds);
    }
}
