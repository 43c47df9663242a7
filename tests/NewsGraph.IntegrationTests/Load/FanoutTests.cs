using NewsGraph.Load.Fanout;
using NewsGraph.Load.Raw;
using NewsGraph.Load.Sockets;
using NewsGraph.Testing.Processes;

namespace NewsGraph.IntegrationTests.Load;

/// <summary>The load generator, small: it must count rightly before its figures mean anything.</summary>
public sealed class FanoutTests
{
    private const int Subscribers = 60;
    private const int Events = 20;

    [Fact]
    public async Task Every_delivery_of_both_servers_is_counted_and_none_is_wrong()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("newsgraph-load-test-");
        try
        {
            await using var server = await GatewayProcess.StartAsync(folder.FullName, stop);
            await using var rawServer = await RawBroadcastServer.StartAsync(stop);
            var source = await GatewaySource.OfFirstArticleAsync(server, stop);
            var first = new FirstMessage();
            using var gateway = new Audience(
                source, await SubscriberPool.OpenAsync(Subscribers, source.Address, source.Subscription, first, stop));
            await gateway.GatherAsync(stop);
            using var raw = new Audience(
                new RawSource(rawServer, first.Bytes),
                await SubscriberPool.OpenAsync(Subscribers, RawBroadcastServer.AddressOf(rawServer), null, first, stop));
            await raw.GatherAsync(stop);

            foreach (var audience in new[] { gateway, raw })
            {
                AssertPerfect(Events, await audience.SendAsync(rate: 100, Events, stop));
                var saturated = await audience.SaturateAsync(underWay: 4, TimeSpan.FromMilliseconds(200), stop);
                AssertPerfect(saturated.Tally.Expected / Subscribers, saturated);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertPerfect(long events, FanoutResult result)
    {
        Assert.True(result.Tally.IsPerfect, result.Tally.ToString());
        Assert.Equal(events * Subscribers, result.Tally.Received);
        Assert.Equal(result.Tally.Received, result.Latency.Count);
        Assert.Null(result.Ended);
    }
}
