using System.Globalization;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Storage;

public sealed class SqliteMemoryTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1 << 20, true)]
    public async Task The_file_is_mapped_as_far_as_the_setting_allows(long bytes, bool mapped)
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Settings = [string.Create(CultureInfo.InvariantCulture, $"--Storage:MappedBytes={bytes}"), "--Storage:ReaderCacheBytes=0"],
        });
        await gateway.QueryAsync("{ articles { nodes { title } } }");

        var file = Path.Combine(gateway.Directory, "newsgraph.db");
        var maps = await File.ReadAllLinesAsync("/proc/self/maps", TestContext.Current.CancellationToken);

        Assert.Equal(mapped, maps.Any(line => line.EndsWith(file, StringComparison.Ordinal)));
    }
}
