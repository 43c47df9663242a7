using System.CommandLine;
using NewsGraph.Benchmarks.Reading;

namespace NewsGraph.Benchmarks.Paging;

/// <summary><c>pages</c>: page 1,000 against page 1.</summary>
internal static class PagesCommand
{
    public static Command Create()
    {
        var folder = CommandOptions.Folder();
        var settings = CommandOptions.Settings();
        var page = CommandOptions.Number("--page", 1_000, 2, 1_000_000, "The page that is compared with the first.");
        var seconds = CommandOptions.Number("--seconds", 4, 1, 60, "How long each page is asked for in a run, in turns of half a second; there are three runs.");
        var output = CommandOptions.Output();
        var command = new Command(
            "pages",
            """
            What page 1,000 of a connection costs the server, against page 1: pages of up to twenty, reached by walking there, all
            with equally many items and one more behind them. Page 1 is asked for without a cursor, so the pages behind it are shown
            too: against them only the place differs. The response cache is off. Takes six minutes.

            Examples:
              pages --database small
              pages --database large --page 100000
            """)
        {
            folder, settings, page, seconds, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ReadOptions(parsed.GetValue(folder)!, parsed.GetValue(settings)!, Connections: 8, parsed.GetValue(seconds), Sample: 0);
            var results = await PagesRun.RunAsync(options, parsed.GetValue(page), cancellationToken);
            Results.Write(
                parsed,
                $"| server CPU µs a request | page 1 | pages 2 to 11 | ten up to {parsed.GetValue(page)} | to page 1 | to pages 2 to 11 | bytes |\n|---|---:|---:|---:|---:|---:|---:|\n" + string.Join('\n', results),
                parsed.GetValue(output));
            return 0;
        });
        return command;
    }
}
