using System.CommandLine;

namespace NewsGraph.Benchmarks.Starting;

/// <summary><c>start</c>: from starting a published program to full speed, and its memory.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var folder = CommandOptions.Folder();
        var settings = CommandOptions.Settings();
        var program = new Option<string>("--program")
        {
            Description = "The published program; a .dll is run by dotnet.",
            HelpName = "FILE",
            Required = true,
        };
        var starts = CommandOptions.Number("--starts", 5, 1, 50, "Starts that are timed.");
        var output = CommandOptions.Output();
        var command = new Command(
            "start",
            """
            From starting a published gateway on a filled database to its readiness, its speed five seconds later against its full
            speed (article page, response cache off, one core), and the memory it holds at rest. Takes two minutes.

            Example:
              dotnet publish src/NewsGraph.Gateway -c Release -r linux-x64 --self-contained -o published
              start --program published/NewsGraph.Gateway --database small
            """)
        {
            program, folder, starts, settings, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new StartRun(
                Path.GetFullPath(parsed.GetValue(program)!), Path.GetFullPath(parsed.GetValue(folder)!), parsed.GetValue(starts), parsed.GetValue(settings)!);
            Results.Write(parsed, await run.RunAsync(cancellationToken), parsed.GetValue(output));
            return 0;
        });
        return command;
    }
}
