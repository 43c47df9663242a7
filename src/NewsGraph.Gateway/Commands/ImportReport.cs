using System.Globalization;
using NewsGraph.Gateway.Ingest;
using Spectre.Console;

namespace NewsGraph.Gateway.Commands;

/// <summary>Tells what an import did: a table for a terminal, plain lines for a file or a pipe.</summary>
internal static class ImportReport
{
    private static readonly string[] Headings = ["", "new", "changed", "unchanged", "skipped", "why skipped"];

    public static void WriteTable(IAnsiConsole console, ImportResult result, bool dryRun)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(Title(result, dryRun)));
        foreach (var heading in Headings)
        {
            var column = new TableColumn(heading);
            table.AddColumn(heading.Length == 0 || heading == Headings[^1] ? column : column.RightAligned());
        }

        foreach (var row in Rows(result.Total))
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    public static void WriteLines(TextWriter output, ImportResult result, bool dryRun)
    {
        output.WriteLine(Title(result, dryRun));
        foreach (var row in Rows(result.Total))
        {
            var why = row[5].Length > 0 ? $" ({row[5]})" : "";
            output.WriteLine($"{row[0]}: {row[1]} new, {row[2]} changed, {row[3]} unchanged, {row[4]} skipped{why}");
        }
    }

    private static string Title(ImportResult result, bool dryRun)
    {
        var done = result.Files.Count(f => f.Error is null);
        var refused = result.Files.Count - done;
        var title = dryRun ? $"Dry run, nothing written: {Files(done)} read" : $"{Files(done)} imported";
        return refused > 0 ? $"{title}, {refused} refused" : title;
    }

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";

    private static string[][] Rows(ImportSummary summary) =>
    [
        Row("Articles", summary.Articles), Row("Tags", summary.Tags), Row("Authors", summary.Authors), Row("Comments", summary.Comments),
    ];

    private static string[] Row(string name, ImportCount count) =>
    [
        name, Text(count.New), Text(count.Changed), Text(count.Unchanged), Text(count.Skipped),
        string.Join(", ", count.SkippedBy.Select(s => $"{Text(s.Value)} {s.Key}")),
    ];

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
