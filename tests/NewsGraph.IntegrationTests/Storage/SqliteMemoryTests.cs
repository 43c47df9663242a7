using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Storage;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Storage;

public sealed class SqliteMemoryTests
{
    private const string Titles = "{ articles { nodes { title } } }";

    [Theory]
    [InlineData(0, false)]
    [InlineData(1 << 20, true)]
    public async Task The_file_is_mapped_as_far_as_the_setting_allows(long bytes, bool mapped)
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Settings = [string.Create(CultureInfo.InvariantCulture, $"--Storage:MappedBytes={bytes}"), "--Storage:ReaderCacheBytes=0"],
        });
        await gateway.QueryAsync(Titles);

        Assert.Equal(mapped, await IsMappedAsync(gateway));
    }

    [Fact]
    public async Task What_is_mapped_is_given_back_until_somebody_reads_again()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Settings = ["--Storage:ReaderCacheBytes=0", "--ResponseCache:Enabled=false"] });
        var before = (await gateway.QueryAsync(Titles)).ToString();

        gateway.Services.GetRequiredService<DatabaseSetup>().GiveBack();
        var given = await IsMappedAsync(gateway);
        var after = (await gateway.QueryAsync(Titles)).ToString();

        Assert.False(given);
        Assert.Equal(before, after);
        Assert.True(await IsMappedAsync(gateway));
    }

    private static async Task<bool> IsMappedAsync(TestGateway gateway)
    {
        var file = Path.Combine(gateway.Directory, "newsgraph.db");
        var maps = await File.ReadAllLinesAsync("/proc/self/maps", TestContext.Current.CancellationToken);
        return maps.Any(line => line.EndsWith(file, StringComparison.Ordinal));
    }
}
