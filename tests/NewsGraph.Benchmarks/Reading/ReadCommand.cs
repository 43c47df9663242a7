using System.CommandLine;

namespace NewsGraph.Benchmarks.Reading;

/// <summary><c>read</c>: the article page and the front page against their limits.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var folder = CommandOptions.Folder();
        var settings = CommandOptions.Settings();
        var connections = CommandOptions.Number("--connections", 8, 1, 256, "Connections that are asked on at a time.");
        var seconds = CommandOptions.Number("--seconds", 6, 1, 60, "How long each server is asked in a run, in turns of half a second; there are three runs, after as much as warming takes.");
        var sample = CommandOptions.Number("--sample", 20_000, 100, 1_000_000, "Random articles, and random tags, that are asked for.");
        var output = CommandOptions.Output();
        var command = new Command(
            "read",
            """
            The article page (random articles of all) and the front page (tags drawn by popularity) from the gateway, from an
            endpoint written by hand on the same SQLite file, and from Kestrel sending stored bytes of the same size to the same
            requests. Servers run on processor 0, the requests come from processor 1. The endpoint's answers are compared
            with the gateway's byte by byte first. The response cache is off unless it is set. Takes about four minutes.

            Examples:
              read --database small
              read --database small --output results/2026-11-26-read.md
            """)
        {
            folder, settings, connections, seconds, sample, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ReadOptions(
                parsed.GetValue(folder)!, parsed.GetValue(settings)!, parsed.GetValue(connections), parsed.GetValue(seconds), parsed.GetValue(sample));
            var results = await ReadRun.RunAsync(options, cancellationToken);
            Results.Write(parsed, string.Join("\n\n", results), parsed.GetValue(output));
            return 0;
        });
        return command;
    }
}
