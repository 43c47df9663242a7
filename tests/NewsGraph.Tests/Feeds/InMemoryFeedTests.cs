using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub;
using NewsGraph.PubSub.InMemory;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.Tests.Feeds;

public sealed class InMemoryFeedTests : FeedSpecification
{
    protected override Task<ITopicBus> CreateBusAsync() => Task.FromResult<ITopicBus>(
        new InMemoryTopicBus(Options.Create(new InMemoryTopicBusOptions()), NullLogger<InMemoryTopicBus>.Instance));
}
