using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub;
using NewsGraph.PubSub.InMemory;
using NewsGraph.Testing.Servers;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.IntegrationTests.Feeds;

public sealed class PostgresFeedTests : FeedSpecification
{
    protected override Task<ITopicBus> CreateBusAsync() => Task.FromResult<ITopicBus>(
        new InMemoryTopicBus(Options.Create(new InMemoryTopicBusOptions()), NullLogger<InMemoryTopicBus>.Instance));

    protected override async Task<string?> CreatePostgresAsync() => await SharedPostgres.NewDatabaseAsync();
}
