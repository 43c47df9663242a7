using System.CommandLine;
using NewsGraph.Gateway.Hosting;

namespace NewsGraph.Gateway.Commands;

/// <summary><c>schema</c>: prints the schema; needs no database.</summary>
internal static class SchemaCommand
{
    public static Command Create(string[] settings)
    {
        var file = new Option<FileInfo?>("--output", "-o")
        {
            Description = "Writes the schema to this file instead.",
            HelpName = "FILE",
        };
        var command = new Command(
            "schema",
            """
            Prints the GraphQL schema (SDL). Needs no database and opens no port.

            Examples:
              schema > news.graphql
              schema --output news.graphql
            """)
        {
            file,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = GatewayHost.Build(settings);
            var sdl = NewsSchema.Print(app.Services);
            if (parsed.GetValue(file) is { } target)
            {
                await File.WriteAllTextAsync(target.FullName, sdl, cancellationToken);
            }
            else
            {
                await parsed.InvocationConfiguration.Output.WriteAsync(sdl.AsMemory(), cancellationToken);
            }

            return GatewayCommands.Done;
        });
        return command;
    }
}
