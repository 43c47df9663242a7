using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using NewsGraph.Testing.Measuring;

namespace NewsGraph.Testing.Processes;

/// <summary>The built gateway in a process of its own, as a user starts it.</summary>
public static class GatewayProcess
{
    /// <summary>What stands before the address in the line that names it.</summary>
    public const string Marker = "GraphQL endpoint: ";

    private static string Program => Path.Combine(
        Repository.Root, "src", "NewsGraph.Gateway", "bin", Machine.Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name, "NewsGraph.Gateway.dll");

    /// <summary>Starts it on a free port of the loopback address; its <see cref="ServerProcess.Address"/> is the GraphQL endpoint.</summary>
    /// <param name="folder">The folder of its database.</param>
    /// <param name="environment"><c>Production</c>, or <c>Development</c> for demo content in an empty database.</param>
    /// <param name="settings">Further settings, each <c>--Section:Key=value</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<ServerProcess> StartAsync(
        string folder, string environment, IEnumerable<string> settings, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(Marker, Serve(folder, settings), environment, cancellationToken);

    /// <summary>Starts it on one core of the processor, as an operator runs it.</summary>
    public static Task<ServerProcess> StartOnAsync(int core, string folder, IEnumerable<string> settings, CancellationToken cancellationToken) =>
        ServerProcess.StartOnAsync(core, Marker, Serve(folder, settings), "Production", cancellationToken);

    /// <summary>Starts it with demo content.</summary>
    public static Task<ServerProcess> StartAsync(string folder, CancellationToken cancellationToken) =>
        StartAsync(folder, "Development", [], cancellationToken);

    /// <summary>Starts it with a command that ends by itself; it writes where its starter writes.</summary>
    public static Process Start(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { UseShellExecute = false })!;

    /// <summary>The database that a gateway with this folder uses.</summary>
    public static string Database(string folder) => Path.Combine(folder, "newsgraph.db");

    /// <summary>A document of <c>schema/operations</c>.</summary>
    public static string Operation(string name) => File.ReadAllText(Path.Combine(Repository.Root, "schema", "operations", name + ".graphql"));

    /// <summary>Runs an operation that must succeed; the answer's <c>data</c>.</summary>
    public static async Task<JsonElement> QueryAsync(this ServerProcess gateway, string query, object? variables, CancellationToken cancellationToken)
    {
        using var response = await gateway.Http.PostAsJsonAsync("", new { query, variables }, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.TryGetProperty("data", out var data) && !answer.TryGetProperty("errors", out _)
            ? data
            : throw new InvalidOperationException($"The gateway refused: {answer}");
    }

    private static IEnumerable<string> Serve(string folder, IEnumerable<string> settings) =>
        [Program, "serve", "--urls=http://127.0.0.1:0", $"--Storage:Directory={folder}", .. settings];
}
