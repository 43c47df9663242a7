using System.Diagnostics;
using NewsGraph.Load.Fanout;
using NewsGraph.Load.Sockets;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Load.Idle;

/// <summary>The memory that subscribers cost the server who only wait. In the end each must get a comment, or they were none.</summary>
internal static class IdleRun
{
    private const double MostKilobytes = 25;
    private const int Practice = 200;
    private const int FewSubscribers = 50;
    private const int ManyMarkers = 1_000_000;

    // Longer than a ping's interval, so that every connection has been written to and read from.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(12);

    public static async Task<int> RunAsync(int subscribers, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-load-");
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var server = await GatewayProcess.StartAsync(folder.FullName, "Development", settings, cancellationToken);
            var source = await GatewaySource.OfFirstArticleAsync(server, cancellationToken);

            // Without practice the compiled code and the first heap segments would be counted as the subscribers'.
            for (var i = 0; i < Practice; i++)
            {
                await server.QueryAsync(GatewayProcess.Operation("front-page"), null, cancellationToken);
            }

            using (var few = await OpenAsync(source, FewSubscribers, 0, cancellationToken))
            {
                await few.GatherAsync(cancellationToken);
            }

            await RestAsync(cancellationToken);
            var without = server.ResidentMegabytes;
            using var all = await OpenAsync(source, subscribers, ManyMarkers, cancellationToken);
            await RestAsync(cancellationToken);
            var with = server.ResidentMegabytes;
            var processor = server.ProcessorTime;
            var started = Stopwatch.GetTimestamp();
            await RestAsync(cancellationToken);
            var busy = (server.ProcessorTime - processor) / Stopwatch.GetElapsedTime(started);
            await all.GatherAsync(cancellationToken);
            var each = (with - without) * 1024 / subscribers;

            Report.Title($"{subscribers} idle subscribers");
            Report.Line("memory of the gateway without them", $"{without:0.0} MiB");
            Report.Line("with them", $"{with:0.0} MiB, {each:0.0} KiB each");
            Report.Line("processor while they wait, of one core", $"{busy * 100:0.0} %");
            Report.Line("afterwards, a comment was received by", $"all of them");
            Measurement measurement = new("memory of the server for an idle subscriber", each, MostKilobytes, "KiB");
            Report.Title("Targets");
            Report.Table([measurement]);
            return measurement.IsMet ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Audience> OpenAsync(GatewaySource source, int count, int firstMarker, CancellationToken cancellationToken) =>
        new(source, await SubscriberPool.OpenAsync(count, source.Address, source.Subscription, new FirstMessage(), cancellationToken), firstMarker);

    private static Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Rest, TimeProvider.System, cancellationToken);
}
