using NewsGraph.Gateway.Commands;

namespace NewsGraph.Tests.Drill;

public sealed class DrillCommandTests
{
    [Theory]
    [InlineData("drill", "--spawn-nodes")]
    [InlineData("drill --spawn-nodes 2 --endpoint http://localhost:1/graphql", "either")]
    [InlineData("drill --spawn-nodes 0", "1 to 8")]
    [InlineData("drill --spawn-nodes 9", "1 to 8")]
    [InlineData("drill --endpoint localhost", "no http address")]
    [InlineData("drill --spawn-nodes 1 --clients 1000000", "1 to 5000")]
    [InlineData("drill --spawn-nodes 1 --rate -1", "--rate")]
    [InlineData("drill --spawn-nodes 1 --duration 1e9", "1 to 3600")]
    [InlineData("drill --spawn-nodes 1 --cut-share 2", "0.001 to 1")]
    [InlineData("drill --spawn-nodes 1 --transport carrier-pigeon", "--transport")]
    [InlineData("drill --endpoint http://localhost:1/graphql --kill-node-every 5", "--node-restart-command")]
    [InlineData("drill --endpoint http://localhost:1/graphql --redis-restart-command true", "--restart-redis-every")]
    [InlineData("drill --spawn-nodes 1 --node-restart-command true", "--endpoint")]
    public async Task A_drill_that_makes_no_sense_is_refused_with_2(string line, string named)
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        var code = await GatewayCommands.RunAsync(line.Split(' '), output, error);

        Assert.Equal(GatewayCommands.Misused, code);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_redis_server_is_named_and_nothing_is_left_behind()
    {
        var folder = Directory.CreateTempSubdirectory("newsgraph-drill-test-");
        try
        {
            var (output, error) = (new StringWriter(), new StringWriter());

            var code = await GatewayCommands.RunAsync(
                ["drill", "--spawn-nodes", "2", "--redis-server", "/no/such/redis-server", "--directory", folder.FullName], output, error);

            Assert.Equal(GatewayCommands.Failed, code);
            Assert.Contains("'/no/such/redis-server' was not found", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
