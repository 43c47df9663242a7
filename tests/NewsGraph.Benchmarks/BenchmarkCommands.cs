using System.CommandLine;
using System.CommandLine.Invocation;
using NewsGraph.Benchmarks.Allocating;
using NewsGraph.Benchmarks.Paging;
using NewsGraph.Benchmarks.Reading;
using NewsGraph.Benchmarks.Reading.Limits;
using NewsGraph.Benchmarks.Scaling;
using NewsGraph.Benchmarks.Starting;

namespace NewsGraph.Benchmarks;

/// <summary>The command line. Exit codes: 0 all targets met, 1 one missed or something failed, 2 used wrongly.</summary>
internal static class BenchmarkCommands
{
    private const int Misused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Action is ParseErrorAction ? Misused : code;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static RootCommand Root() => new("Measures how fast the gateway is, and holds it against the limits of the machine.")
    {
        ReadCommand.Create(), ScaleCommand.Create(), PagesCommand.Create(), AllocationsCommand.Create(), StartCommand.Create(), Targets(), Limits(),
    };

    private static Command Targets()
    {
        var starts = CommandOptions.Number("--starts", 5, 1, 50, "Starts of the gateway.");
        var subscribers = CommandOptions.Number("--subscribers", 1_000, 1, 5_000, "WebSocket connections that wait.");
        var command = new Command("targets", "Start to first answer, and the memory of subscribers who only wait, with the demo content. Takes a minute.")
        {
            starts, subscribers,
        };
        command.SetAction((parsed, _) => BenchmarkRun.RunAsync(new BenchmarkOptions(parsed.GetValue(starts), parsed.GetValue(subscribers))));
        return command;
    }

    private static Command Limits()
    {
        var database = new Argument<string>("database");
        var folder = new Argument<string>("folder");
        var command = new Command(LimitsServer.Command, "The server that 'read' holds the gateway against, until stopped.") { Hidden = true };
        command.Add(database);
        command.Add(folder);
        command.SetAction(async (parsed, _) =>
        {
            await LimitsServer.RunAsync(parsed.GetValue(database)!, parsed.GetValue(folder)!);
            return 0;
        });
        return command;
    }
}
