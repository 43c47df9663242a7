using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NewsGraph.Testing;

namespace NewsGraph.Benchmarks.Allocating;

/// <summary><c>allocations</c>: what the pages allocate, and the gate that holds it.</summary>
internal static class AllocationsCommand
{
    private static string Recorded => Path.Combine(Repository.Root, "tests", "NewsGraph.Benchmarks", "results", "allocations.json");

    public static Command Create()
    {
        var folder = CommandOptions.Folder();
        folder.Required = false;
        var settings = CommandOptions.Settings();
        var count = CommandOptions.Number("--count", 200, 50, 100_000, "Requests in a round; there are three, and one before.");
        var check = new Option<bool>("--check") { Description = "Fails when a page allocates over 5 % more than is recorded in results/allocations.json." };
        var update = new Option<bool>("--update") { Description = "Records what is measured." };
        var output = CommandOptions.Output();
        var command = new Command(
            "allocations",
            """
            The bytes that a request makes the gateway allocate, for the article page and the front page: the whole host in this
            process, one connection, response cache off. They repeat within a percent, so CI compares them (--check) where
            times would not do. Without --database with a small set of its own. Takes about 20 seconds.

            Examples:
              allocations --check
              allocations --update
              allocations --database small
            """)
        {
            folder, settings, count, check, update, output,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(check) || result.GetValue(update)) && result.GetValue(folder) is not null)
            {
                result.AddError("--check and --update measure with the command's own set: leave --database out.");
            }
        });
        command.SetAction((parsed, cancellationToken) => AllocationRun.Compiler.Any(c => Environment.GetEnvironmentVariable(c.Name) != c.Value)
            ? AgainAsync(parsed, cancellationToken)
            : RunAsync(
                parsed, parsed.GetValue(folder), parsed.GetValue(settings)!, parsed.GetValue(count), parsed.GetValue(check), parsed.GetValue(update),
                parsed.GetValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string? folder, string[] settings, int count, bool check, bool update, string? output, CancellationToken cancellationToken)
    {
        var measured = await AllocationRun.RunAsync(folder, settings, count, cancellationToken);
        var rows = measured.Select(p => string.Create(CultureInfo.InvariantCulture, $"| {p.Page} | {p.PerOperation:0} | {p.ResponseBytes:0} | {p.Ratio:0.0} |"));
        Results.Write(
            parsed, "| | bytes allocated a request | bytes of the response | ratio |\n|---|---:|---:|---:|\n" + string.Join('\n', rows), output);
        if (update)
        {
            AllocationRecord.Update(Recorded, measured);
            return 0;
        }

        if (!check)
        {
            return 0;
        }

        foreach (var better in AllocationRecord.Better(Recorded, measured))
        {
            Console.WriteLine(better);
        }

        var worse = AllocationRecord.Compare(Recorded, measured).ToList();
        worse.ForEach(Console.Error.WriteLine);
        return worse.Count == 0 ? 0 : 1;
    }

    // How code is compiled is settled when a process starts.
    private static async Task<int> AgainAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AllocationsCommand).Assembly.Location, .. parsed.Tokens.Select(t => t.Value)]);
        foreach (var (name, value) in AllocationRun.Compiler)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        return process.ExitCode;
    }
}
