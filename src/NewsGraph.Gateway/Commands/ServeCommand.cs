using System.CommandLine;
using NewsGraph.Gateway.Hosting;

namespace NewsGraph.Gateway.Commands;

/// <summary><c>serve</c>: answers requests until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command(
            "serve",
            """
            Serves the GraphQL endpoint until stopped (Ctrl+C or SIGTERM). This is what happens without a command, too.

            Examples:
              serve
              serve --urls=http://0.0.0.0:8080 --Storage:Directory=/var/lib/newsgraph
            """);
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = GatewayHost.Build(settings);
            await app.StartAsync(cancellationToken);
            using var memory = QuietMemory.Start(app.Services);
            await app.WaitForShutdownAsync(cancellationToken);
            return GatewayCommands.Done;
        });
        return command;
    }
}
