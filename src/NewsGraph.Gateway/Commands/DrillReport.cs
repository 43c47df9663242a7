using System.Globalization;
using System.Text.Json;
using NewsGraph.Gateway.Drill;
using Spectre.Console;

namespace NewsGraph.Gateway.Commands;

/// <summary>Tells what a drill found: a table for a terminal, plain lines for a file or a pipe, JSON for a program.</summary>
internal static class DrillReport
{
    private const int Worst = 5;

    private static readonly string[] Headings =
        ["", "expected", "received", "missing", "doubled", "out of order", "p50", "p99", "max", "reconnects"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void WriteTable(IAnsiConsole console, DrillResult result, bool details)
    {
        console.WriteLine(Title(result));
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in Headings)
        {
            table.AddColumn(heading.Length == 0 ? new TableColumn(heading) : new TableColumn(heading).RightAligned());
        }

        foreach (var row in Rows(result, details))
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
        foreach (var line in Remarks(result))
        {
            console.WriteLine(line);
        }

        console.MarkupLine(result.Passed ? $"[green]{Verdict(result)}[/]" : $"[red]{Verdict(result)}[/]");
    }

    public static void WriteLines(TextWriter output, DrillResult result, bool details)
    {
        output.WriteLine(Title(result));
        foreach (var row in Rows(result, details))
        {
            output.WriteLine($"{row[0]}: {string.Join(", ", Headings.Zip(row).Skip(1).Select(cell => $"{cell.First} {cell.Second}"))}");
        }

        foreach (var line in Remarks(result))
        {
            output.WriteLine(line);
        }

        output.WriteLine(Verdict(result));
    }

    /// <summary>One line on how far it is.</summary>
    public static string Line(DrillProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Elapsed.TotalSeconds,4:0} s, {progress.Step}: {progress.Posted} comments sent, {progress.Acknowledged} acknowledged; {progress.Connected} of {progress.Readers} readers connected, {progress.Received:N0} events received; {Faults(progress.NodeKills, progress.RedisRestarts, progress.Cuts)}");

    public static async Task WriteJsonAsync(FileInfo file, DrillResult result, CancellationToken cancellationToken)
    {
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(
            stream,
            new
            {
                result.Passed,
                result.Article,
                Seconds = Math.Round(result.Time.TotalSeconds, 1),
                result.Posted,
                result.Acknowledged,
                result.Lost,
                result.StoredTwice,
                result.PostProblem,
                result.NodeKills,
                result.RedisRestarts,
                result.Cuts,
                result.SocketsCut,
                Total = Plain(result.Total),
                Readers = result.Readers.Select(r => new { r.Reader, Transport = Name(r.Transport), Result = Plain(r.Result) }),
                Problems = result.Problems.Select(p => new { Problem = p.Key, Times = p.Value }),
            },
            Json,
            cancellationToken);
    }

    private static object Plain(ReaderResult result) => new
    {
        result.Tally.Expected,
        result.Tally.Received,
        result.Tally.Missing,
        result.Tally.Doubled,
        result.Tally.OutOfOrder,
        result.Tally.Unknown,
        P50Milliseconds = Math.Round(result.P50.TotalMilliseconds, 1),
        P99Milliseconds = Math.Round(result.P99.TotalMilliseconds, 1),
        MaxMilliseconds = Math.Round(result.Max.TotalMilliseconds, 1),
        result.Reconnects,
        result.Resets,
    };

    private static string Title(DrillResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"Drill on '{result.Article}', {result.Time.TotalSeconds:0} s: {result.Posted} comments sent, {result.Acknowledged} acknowledged; {Faults(result.NodeKills, result.RedisRestarts, result.Cuts)} ({result.SocketsCut} sockets)");

    private static string Faults(int nodes, int redis, int cuts) =>
        $"{nodes} node {(nodes == 1 ? "kill" : "kills")}, {redis} Redis {(redis == 1 ? "restart" : "restarts")}, {cuts} {(cuts == 1 ? "cut" : "cuts")}";

    private static IEnumerable<string[]> Rows(DrillResult result, bool details)
    {
        yield return Row(result.Readers.Count == 1 ? "1 reader" : $"all {result.Readers.Count} readers", result.Total);
        var shown = details
            ? result.Readers
            : result.Readers.OrderByDescending(r => Wrong(r.Result)).ThenByDescending(r => r.Result.Max).Take(Worst);
        foreach (var reader in shown)
        {
            yield return Row($"reader {reader.Reader + 1} ({Name(reader.Transport)})", reader.Result);
        }
    }

    private static string[] Row(string name, ReaderResult result) =>
    [
        name, Text(result.Tally.Expected), Text(result.Tally.Received), Text(result.Tally.Missing), Text(result.Tally.Doubled),
        Text(result.Tally.OutOfOrder), Text(result.P50), Text(result.P99), Text(result.Max), Text(result.Reconnects),
    ];

    private static IEnumerable<string> Remarks(DrillResult result)
    {
        if (result.PostProblem is { } problem)
        {
            yield return $"{Text(result.Posted - result.Acknowledged)} comments were given up. {problem}";
        }

        if (result.Lost > 0 || result.StoredTwice > 0)
        {
            yield return $"In the database: {Text(result.Lost)} acknowledged comments are not there, {Text(result.StoredTwice)} are there twice.";
        }

        if (result.Total.Tally.Unknown > 0)
        {
            yield return $"{Text(result.Total.Tally.Unknown)} events came that the feed does not have.";
        }

        if (result.Total.Resets > 0)
        {
            yield return $"{Text(result.Total.Resets)} times a node could not honour a reader's position.";
        }

        if (result.Problems.Count > 0)
        {
            yield return $"Why readers had to come back: {string.Join("; ", result.Problems.Take(Worst).Select(p => $"{Text(p.Value)} × {p.Key}"))}";
        }
    }

    private static string Verdict(DrillResult result) => result.Passed
        ? "Passed: nothing missing, doubled or out of order."
        : "FAILED.";

    private static long Wrong(ReaderResult result) =>
        result.Tally.Missing + result.Tally.Doubled + result.Tally.OutOfOrder + result.Tally.Unknown + result.Resets;

    private static string Name(DrillTransport transport) => transport == DrillTransport.Sse ? "sse" : "ws";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N0} ms");
}
