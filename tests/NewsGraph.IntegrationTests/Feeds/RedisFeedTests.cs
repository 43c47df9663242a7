using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub;
using NewsGraph.PubSub.Redis;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.Feeds;

public sealed class RedisFeedTests : FeedSpecification
{
    private RedisServer? _server;
    private RedisTopicBus? _bus;

    protected override async Task<ITopicBus> CreateBusAsync()
    {
        _server = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        _bus = new RedisTopicBus(
            Options.Create(new RedisTopicBusOptions { Configuration = _server.ConnectionString }),
            TimeProvider.System,
            NullLogger<RedisTopicBus>.Instance);
        return _bus;
    }

    protected override async Task DisposeBusAsync()
    {
        if (_bus is not null)
        {
            await _bus.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
