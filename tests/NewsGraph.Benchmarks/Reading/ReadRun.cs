using NewsGraph.Benchmarks.Reading.Limits;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Reading;

/// <summary>Measures the pages on the gateway and on its limits, turn by turn, so that a ratio is of one run.</summary>
internal static class ReadRun
{
    public static async Task<IReadOnlyList<string>> RunAsync(ReadOptions options, CancellationToken cancellationToken)
    {
        var database = GatewayProcess.Database(options.Folder);
        if (!File.Exists(database))
        {
            throw new InvalidOperationException($"There is no {database}; 'newsgraph-load generate' makes one.");
        }

        var work = Directory.CreateTempSubdirectory("newsgraph-read-");
        try
        {
            PageRequests articles, fronts;
            await using var gateway = await GatewayProcess.StartOnAsync(
                Processor.OfServers, options.Folder, CommandOptions.Arguments(options.Settings), cancellationToken);
            using (var connection = Workloads.Open(database))
            {
                (articles, fronts) = (Workloads.Articles(connection, options.Sample), Workloads.Fronts(connection, options.Sample));
            }

            Preparation.Prepare(gateway, work.FullName, articles, fronts);
            await using var limits = await LimitsServer.StartAsync(database, work.FullName, cancellationToken);

            return await Processor.OnLoadAsync<IReadOnlyList<string>>(
                () => [.. new[] { articles, fronts }.Select(page => Measure(page, gateway, limits, options, cancellationToken))]);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string Measure(PageRequests page, ServerProcess gateway, ServerProcess limits, ReadOptions options, CancellationToken cancellationToken)
    {
        Preparation.RequireSame(gateway, limits, page, ReadOptions.Compared);
        var graphQL = page.ToGraphQL(gateway.Address);
        var stored = page.ToGraphQL(new Uri(limits.Address, LimitsServer.StoredPath + Preparation.FileOf(page)));
        using var ours = new ServerLoad("gateway", gateway, graphQL, options.Connections);
        using var byHand = new ServerLoad("hand-written endpoint", limits, page.ToPlain(limits.Address), options.Connections);
        using var bytes = new ServerLoad("Kestrel, stored bytes", limits, stored, options.Connections);
        ServerLoad.Compare([ours, byHand, bytes], options.Run, cancellationToken);
        return new PageResult(page.Name, ours, byHand, bytes).ToMarkdown();
    }
}
