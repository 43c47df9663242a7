using System.Text.Json;
using NewsGraph.Gateway.Commands;
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Drill;

public sealed class LossDrillTests : IDisposable
{
    private const int Clients = 50;
    private const int Seconds = 20;
    private const int Rate = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-drill-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_reader_misses_or_repeats_a_comment_while_nodes_redis_and_connections_are_killed()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        var file = Path.Combine(_folder.FullName, "result.json");
        var (output, error) = (new StringWriter(), new StringWriter());

        var code = await GatewayCommands.RunAsync(
            [
                "drill", "--spawn-nodes", "2", "--directory", _folder.FullName, "--json", file,
                "--clients", $"{Clients}", "--duration", $"{Seconds}", "--rate", $"{Rate}", "--settle", "60",
                "--kill-node-every", "8", "--restart-redis-every", "6", "--cut-every", "4",
                "--Storage:Provider=postgres", $"--ConnectionStrings:Postgres={database}",
            ],
            output,
            error).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(code == GatewayCommands.Done, $"{output}{error}");
        var result = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(Seconds * Rate, Number(result, "acknowledged"));
        Assert.Equal(Clients * Seconds * Rate, Number(result.GetProperty("total"), "expected"));
        Assert.Equal(Clients * Seconds * Rate, Number(result.GetProperty("total"), "received"));
        Assert.InRange(Number(result, "nodeKills"), 1, Seconds);
        Assert.InRange(Number(result, "redisRestarts"), 1, Seconds);
        Assert.InRange(Number(result, "socketsCut"), 1, Clients * Seconds);
        Assert.InRange(Number(result.GetProperty("total"), "reconnects"), 1, int.MaxValue);
        await SharedPostgres.DropAsync(database);
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
