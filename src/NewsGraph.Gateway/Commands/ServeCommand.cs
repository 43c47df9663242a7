using System.CommandLine;
using NewsGraph.Gateway.Hosting;
using NewsGraph.Gateway.Storage;

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
            GiveBack(app.Services.GetRequiredService<DatabaseSetup>());
            await app.WaitForShutdownAsync(cancellationToken);
            return GatewayCommands.Done;
        });
        return command;
    }

    // What only the start needed goes back to the system. Now it takes 20 ms; once readers have filled the heap it would
    // take longer, and nobody would ask for it.
    private static void GiveBack(DatabaseSetup database)
    {
        database.GiveBack();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
