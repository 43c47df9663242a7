using System.CommandLine;
using NewsGraph.Gateway.Drill;
using Spectre.Console;

namespace NewsGraph.Gateway.Commands;

/// <summary><c>drill</c>: shows that readers miss nothing, whatever breaks.</summary>
internal static class DrillCommand
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <param name="settings">Settings for the nodes it starts.</param>
    public static Command Create(string[] settings)
    {
        var options = new DrillOptions();
        var command = new Command(
            "drill",
            """
            The loss drill: readers follow one article while comments are posted and nodes, Redis and connections are broken
            under them. Each reader comes back to any node and resumes where it was. In the end what each got is compared with
            the feed in the database and with the comments that were acknowledged. Exit code 0: every reader got everything once
            and in order; 1: something was missing, doubled or out of order, or the drill could not be carried through.

            It posts comments: use a database that you can throw away. With --spawn-nodes it brings its own cluster, on the
            loopback address and, unless settings name another database, with SQLite in a folder that is deleted afterwards.
            The settings on its command line are those of the nodes.

            Examples:
              drill --spawn-nodes 2 --kill-node-every 10 --restart-redis-every 10 --cut-every 5
              drill --spawn-nodes 3 --Storage:Provider=postgres --ConnectionStrings:Postgres=Host=db;Database=drill
              drill --endpoint http://news-1:5080/graphql --endpoint http://news-2:5080/graphql --clients 500 \
                    --restart-redis-every 30 --redis-restart-command 'docker restart redis'
            """);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
            try
            {
                var result = await RunAsync(options.Read(parsed, settings), output, terminal, cancellationToken);
                if (terminal)
                {
                    DrillReport.WriteTable(AnsiConsole.Console, result, parsed.GetValue(options.Details));
                }
                else
                {
                    DrillReport.WriteLines(output, result, parsed.GetValue(options.Details));
                }

                if (parsed.GetValue(options.Json) is { } file)
                {
                    await DrillReport.WriteJsonAsync(file, result, cancellationToken);
                }

                return result.Passed ? GatewayCommands.Done : GatewayCommands.Failed;
            }
            catch (DrillException exception)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
                return GatewayCommands.Failed;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("The drill was stopped; it says nothing.");
                return GatewayCommands.Failed;
            }
        });
        return command;
    }

    private static async Task<DrillResult> RunAsync(DrillSetting setting, TextWriter output, bool terminal, CancellationToken cancellationToken)
    {
        if (!terminal)
        {
            var next = TimeSpan.Zero;
            return await RunAsync(
                setting,
                progress =>
                {
                    if (progress.Elapsed >= next)
                    {
                        next = progress.Elapsed + LineEvery;
                        output.WriteLine(DrillReport.Line(progress));
                    }
                },
                cancellationToken);
        }

        return await AnsiConsole.Status().StartAsync(
            "starting",
            status => RunAsync(setting, progress => status.Status(Markup.Escape(DrillReport.Line(progress))), cancellationToken));
    }

    private static async Task<DrillResult> RunAsync(DrillSetting setting, Action<DrillProgress> report, CancellationToken cancellationToken)
    {
        using var folder = new DrillFolder(setting.Directory);
        await using var cluster = await setting.StartAsync(folder.Path, TimeProvider.System, cancellationToken);
        return await new DrillRun(setting.Plan, cluster, TimeProvider.System, report).RunAsync(cancellationToken);
    }
}
