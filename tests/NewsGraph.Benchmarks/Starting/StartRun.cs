using System.Diagnostics;
using System.Globalization;
using System.Net;
using NewsGraph.Benchmarks.Reading;
using NewsGraph.Testing.Measuring;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Starting;

/// <summary>How soon a program as an operator has it is ready, how fast it is soon after, and what memory it holds.</summary>
/// <param name="Program">The published program.</param>
/// <param name="Folder">The folder of its database.</param>
/// <param name="Starts">How often it is started.</param>
/// <param name="Settings">Settings, each <c>Section:Key=value</c>.</param>
internal sealed record StartRun(string Program, string Folder, int Starts, IReadOnlyList<string> Settings)
{
    private const int Soon = 5;
    private const int Watched = 12;
    private const int Connections = 8;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        // The first brings the database up to date.
        await TimeAsync(cancellationToken);
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            times.Add(await TimeAsync(cancellationToken));
        }

        var (seconds, full) = await SpeedAsync(cancellationToken);
        var soon = seconds[Soon];
        var (idle, used) = await MemoryAsync(cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | | |
            |---|---:|
            | start to ready, {times.Count} starts | {times.Min():0.00} – {times.Max():0.00} s, median {Report.Median(times):0.00} s |
            | article page {Soon} s after ready, under load from the start, one core | {soon.PerSecond:0}/s, {soon.Microseconds:0} µs |
            | the same in each second from the start of the load | {string.Join(", ", seconds.Select(s => s.PerSecond.ToString("0", CultureInfo.InvariantCulture)))}/s |
            | the same at full speed | {full.PerSecond:0}/s, {full.Microseconds:0} µs |
            | share of full speed after {Soon} s | {soon.PerSecond / full.PerSecond:0.00} by requests/s, {full.Microseconds / soon.Microseconds:0.00} by processor time |
            | memory (RSS) at rest, never asked | {idle:0} MB |
            | memory (RSS) at rest, {Rest.TotalSeconds:0} s after 1,000 article pages | {used:0} MB |
            """);
    }

    private async Task<double> TimeAsync(CancellationToken cancellationToken)
    {
        await using var server = await StartAsync([], cancellationToken);
        return await ReadyAsync(server, cancellationToken);
    }

    private async Task<(IReadOnlyList<Round> Seconds, Round Full)> SpeedAsync(CancellationToken cancellationToken)
    {
        // With kept results it would tell how many of them there are by then.
        var reading = this with { Settings = ["ResponseCache:Enabled=false", .. Settings] };
        await using var server = await reading.StartAsync(
            ["taskset", "-c", Processor.OfServers.ToString(CultureInfo.InvariantCulture)], cancellationToken);
        await ReadyAsync(server, cancellationToken);
        var requests = Requests(server, 20_000);
        return await Processor.OnLoadAsync(() =>
        {
            using var load = new ServerLoad("gateway", server, requests, Connections);
            var seconds = Enumerable.Range(0, Watched).Select(_ => load.Run(Second, cancellationToken)).ToList();
            load.Run(WarmUp, cancellationToken);
            ServerLoad.Compare([load], Second * 3, cancellationToken);
            return ((IReadOnlyList<Round>)seconds, load.Rounds.OrderBy(r => r.PerSecond).ElementAt(load.Rounds.Count / 2));
        });
    }

    private async Task<(double Idle, double Used)> MemoryAsync(CancellationToken cancellationToken)
    {
        await using var server = await StartAsync([], cancellationToken);
        await ReadyAsync(server, cancellationToken);
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        var idle = server.ResidentMegabytes;
        using (var connection = new RawConnection(server.Address))
        {
            foreach (var request in Requests(server, 1_000))
            {
                connection.Send(request);
                connection.Receive();
            }
        }

        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        return (idle, server.ResidentMegabytes);
    }

    private List<byte[]> Requests(ServerProcess server, int count)
    {
        using var database = Workloads.Open(GatewayProcess.Database(Folder));
        return Workloads.Articles(database, count).ToGraphQL(server.Address);
    }

    private Task<ServerProcess> StartAsync(string[] before, CancellationToken cancellationToken)
    {
        string[] dotnet = Program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet"] : [];
        string[] all = [.. before, .. dotnet, Program, "serve", "--urls=http://127.0.0.1:0", $"--Storage:Directory={Folder}", .. Settings.Select(s => "--" + s)];
        return ServerProcess.StartAsync(new ProcessStartInfo(all[0], all[1..]), GatewayProcess.Marker, "Production", cancellationToken);
    }

    // The seconds from its start.
    private static async Task<double> ReadyAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var ready = new Uri(server.Address, "/health/ready");
        while (true)
        {
            using var answer = await server.Http.GetAsync(ready, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return Stopwatch.GetElapsedTime(server.Started).TotalSeconds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
        }
    }
}
