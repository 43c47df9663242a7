using System.CommandLine;
using System.CommandLine.Invocation;
using NewsGraph.Gateway.Hosting;

namespace NewsGraph.Gateway.Commands;

/// <summary>The command line. Exit codes: 0 done, 1 failed, 2 used wrongly.</summary>
internal static class GatewayCommands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    /// <summary>Longer than settings let the host take to stop, so that a stop by signal is always an orderly one.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromMinutes(16);

    /// <summary>Runs one command line to its end.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        output ??= Console.Out;
        error ??= Console.Error;
        var line = SettingArguments.Split(args);
        if (line.Problem is not null)
        {
            await error.WriteLineAsync(line.Problem);
            return Misused;
        }

        var parsed = Root(line.Settings).Parse(line.Rest);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        try
        {
            var code = await parsed.InvokeAsync(configuration);
            return parsed.Action is ParseErrorAction ? Misused : code;
        }
        catch (Exception exception) when (StartProblem.Describe(exception) is { } problems)
        {
            foreach (var problem in problems)
            {
                await error.WriteLineAsync(problem);
            }

            return Failed;
        }
    }

    private static RootCommand Root(string[] settings)
    {
        var root = new RootCommand(
            """
            NewsGraph: a GraphQL gateway for news, with live comments.

            Without a command it serves. Every setting can be given to every command as --Section:Key=value, or in the
            environment as Section__Key=value; schema/SETTINGS.md lists them all. For instance:

              --urls=http://0.0.0.0:8080              where to listen
              --Storage:Directory=/var/lib/newsgraph  where the database lives
              --Storage:Provider=postgres             PostgreSQL instead, at ConnectionStrings:Postgres
              --ConnectionStrings:Redis=redis:6379    several nodes, connected through Redis
              --environment=Development               demo content, the IDE and introspection
            """);
        var serve = ServeCommand.Create(settings);
        root.Subcommands.Add(serve);
        root.Subcommands.Add(ImportCommand.Create(() => GatewayHost.Build(settings)));
        root.Subcommands.Add(CommentsCommand.Create(() => GatewayHost.Build(settings)));
        root.Subcommands.Add(SchemaCommand.Create(settings));
        root.Subcommands.Add(DrillCommand.Create(settings));
        root.Action = serve.Action;
        return root;
    }
}
