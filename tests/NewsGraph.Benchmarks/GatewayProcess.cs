using System.Net.Http.Json;
using System.Text.Json;
using NewsGraph.Testing;

namespace NewsGraph.Benchmarks;

/// <summary>The built gateway, as a user starts it.</summary>
internal static class GatewayProcess
{
    /// <summary>How the benchmark was built, and so the gateway with it: the build puts both below a folder of this name.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static Task<ServerProcess> StartAsync(string folder, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync("GraphQL endpoint: ", [Program, "serve", "--urls=http://127.0.0.1:0", $"--Storage:Directory={folder}"], cancellationToken);

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

    private static string Program => Path.Combine(
        Repository.Root, "src", "NewsGraph.Gateway", "bin", Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name, "NewsGraph.Gateway.dll");
}
