using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsGraph.Benchmarks.Reading;
using NewsGraph.Gateway.Hosting;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Storage;
using NewsGraph.Load.Generate;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Allocating;

/// <summary>What a page allocates.</summary>
/// <param name="Page">Its name.</param>
/// <param name="PerOperation">Bytes for a request, the server's share of HTTP included.</param>
/// <param name="ResponseBytes">The mean size of an answer.</param>
internal sealed record PageAllocation(string Page, double PerOperation, double ResponseBytes)
{
    public double Ratio => PerOperation / ResponseBytes;
}

/// <summary>
/// The bytes a request makes the gateway allocate: the real host in this process, one connection, the same requests in the same
/// order. The process compiles all code at once (<see cref="Compiler"/>), so nothing changes between rounds, and they agree.
/// </summary>
internal static class AllocationRun
{
    /// <summary>What the process must be started with.</summary>
    public static readonly IReadOnlyList<(string Name, string Value)> Compiler = [("DOTNET_TieredCompilation", "0"), ("DOTNET_TieredPGO", "0")];

    private const int Rounds = 3;

    /// <summary>Measures both pages.</summary>
    /// <param name="folder">The folder of the database; null for a small set of its own.</param>
    /// <param name="settings">Settings of the gateway, each <c>Section:Key=value</c>.</param>
    /// <param name="count">Requests in a round.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<PageAllocation>> RunAsync(
        string? folder, IReadOnlyList<string> settings, int count, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("newsgraph-allocations-");
        try
        {
            var directory = folder ?? work.FullName;
            string[] all = ["--urls=http://127.0.0.1:0", "--environment=Production", $"--Storage:Directory={directory}", .. CommandOptions.Arguments(settings)];
            await using var app = GatewayHost.Build(all, builder => builder.Logging.ClearProviders());
            if (folder is null)
            {
                await FillAsync(app, work.FullName, cancellationToken);
            }

            await app.StartAsync(cancellationToken);
            var address = new Uri(app.Urls.Single() + GatewayHost.GraphQLPath);
            using var database = Workloads.Open(GatewayProcess.Database(directory));
            PageRequests[] pages = [Workloads.Articles(database, count), Workloads.Fronts(database, count)];
            List<PageAllocation> measured = [.. pages.Select(page => Measure(page, address, cancellationToken))];
            await app.StopAsync(cancellationToken);
            return measured;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            work.Delete(recursive: true);
        }
    }

    private static PageAllocation Measure(PageRequests page, Uri address, CancellationToken cancellationToken)
    {
        var requests = page.ToGraphQL(address);
        using var connection = new RawConnection(address);

        // Once for what is made once.
        var bytes = Ask(connection, requests, cancellationToken);
        var rounds = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Ask(connection, requests, cancellationToken);
            rounds.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - before) / requests.Count);
        }

        // What timers and other work of the process add is never less than nothing.
        return new PageAllocation(page.Name, rounds.Min(), bytes);
    }

    private static double Ask(RawConnection connection, List<byte[]> requests, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        foreach (var request in requests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Send(request);
            bytes += connection.Receive().Length;
        }

        return (double)bytes / requests.Count;
    }

    private static async Task FillAsync(WebApplication app, string folder, CancellationToken cancellationToken)
    {
        var options = WorkloadOptions.Small(articles: 200, comments: 2_000, commentsOfHot: 100, seed: 1);
        var files = ExportFiles.Write(new Workload(options), options, Path.Combine(folder, "wxr"), _ => { }, cancellationToken);
        await app.Services.GetRequiredService<DatabaseSetup>().PrepareAsync(cancellationToken);
        var result = await app.Services.GetRequiredService<ImportWxr>().RunAsync(files, dryRun: false, null, cancellationToken);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.Files.First(f => f.Error is not null).Error);
        }
    }
}
