using System.CommandLine;
using System.Globalization;
using NewsGraph.Benchmarks.Reading;
using NewsGraph.Testing.Processes;

namespace NewsGraph.Benchmarks.Scaling;

/// <summary><c>scale</c>: what the pages cost on a large database against a small one.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var small = CommandOptions.Folder();
        var large = new Option<string>("--large") { Description = "The folder of the large database.", HelpName = "FOLDER", Required = true };
        var settings = CommandOptions.Settings();
        var seconds = CommandOptions.Number("--seconds", 8, 1, 60, "How long each server is asked in a run, in turns of half a second; there are three runs.");
        var sample = CommandOptions.Number("--sample", 5_000, 100, 1_000_000, "Random articles, and random tags, that are asked for.");
        var output = CommandOptions.Output();
        var command = new Command(
            "scale",
            """
            What the article page and the front page cost the server on a large database, against a small one: two gateways, turn
            by turn. The response cache is off. Takes three minutes.

            Example:
              scale --database small --large large
            """)
        {
            small, large, settings, seconds, sample, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ReadOptions(parsed.GetValue(small)!, parsed.GetValue(settings)!, Connections: 8, parsed.GetValue(seconds), parsed.GetValue(sample));
            var rows = await RunAsync(options, parsed.GetValue(large)!, cancellationToken);
            Results.Write(
                parsed, "| server CPU µs a request | small | large | ratio |\n|---|---:|---:|---:|\n" + string.Join('\n', rows), parsed.GetValue(output));
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(ReadOptions options, string large, CancellationToken cancellationToken)
    {
        var settings = CommandOptions.Arguments(options.Settings);
        await using var first = await GatewayProcess.StartOnAsync(Processor.OfServers, options.Folder, settings, cancellationToken);
        await using var second = await GatewayProcess.StartOnAsync(Processor.OfServers, large, settings, cancellationToken);
        var (ofSmall, ofLarge) = (Pages(options.Folder, options.Sample), Pages(large, options.Sample));
        return await Processor.OnLoadAsync<IReadOnlyList<string>>(
            () => [.. ofSmall.Zip(ofLarge, (a, b) => Measure(a, b, first, second, options.Run, cancellationToken))]);
    }

    private static PageRequests[] Pages(string folder, int sample)
    {
        using var database = Workloads.Open(GatewayProcess.Database(folder));
        return [Workloads.Articles(database, sample), Workloads.Fronts(database, sample)];
    }

    private static string Measure(
        PageRequests ofSmall, PageRequests ofLarge, ServerProcess small, ServerProcess large, TimeSpan run, CancellationToken cancellationToken)
    {
        const int Connections = 8;
        using var first = new ServerLoad("small", small, ofSmall.ToGraphQL(small.Address), Connections);
        using var second = new ServerLoad("large", large, ofLarge.ToGraphQL(large.Address), Connections);

        // What is made when it is first asked for, as related posts are, is no part of the comparison.
        first.AskEach(cancellationToken);
        second.AskEach(cancellationToken);
        ServerLoad.Compare([first, second], run, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture, $"| {ofSmall.Name} | {first.Microseconds:0} | {second.Microseconds:0} | {Ratio.Of(second, first, r => r.Microseconds)} |");
    }
}
