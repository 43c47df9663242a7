using NewsGraph.Testing.Measuring;

namespace NewsGraph.Benchmarks;

/// <summary>One run of everything, in a folder of its own.</summary>
internal static class BenchmarkRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var stop = new CancellationTokenSource(Limit);
        var folder = Directory.CreateTempSubdirectory("newsgraph-benchmarks-");
        try
        {
            Console.WriteLine(Machine.Describe());
            Report.Title("Start to first answer");
            var startUp = await StartUp.MeasureAsync(folder.FullName, options, stop.Token);
            Report.Title("Idle subscribers");
            var subscribers = await IdleSubscribers.MeasureAsync(folder.FullName, options, stop.Token);

            Measurement[] all = [startUp, subscribers];
            Report.Title("Targets");
            Report.Table(all);
            return all.All(m => m.IsMet) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
