using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub;
using NewsGraph.PubSub.InMemory;
using NewsGraph.Testing.Specifications;

namespace NewsGraph.Tests.PubSub;

public sealed class InMemoryTopicBusTests : TopicBusSpecification
{
    private readonly InMemoryTopicBus _bus =
        new(Options.Create(new InMemoryTopicBusOptions { QueueCapacity = 1000 }), NullLogger<InMemoryTopicBus>.Instance);

    protected override ITopicBus Here => _bus;

    protected override ITopicBus There => _bus;

    [Fact]
    public async Task A_topic_without_subscribers_costs_nothing()
    {
        var subscription = await _bus.SubscribeAsync("topic", static _ => { }, TestCancellation);
        Assert.Equal(1, _bus.TopicCount);

        await subscription.DisposeAsync();

        Assert.Equal(0, _bus.TopicCount);
    }

    [Fact]
    public async Task A_lagging_subscriber_loses_its_oldest_messages_and_keeps_the_newest()
    {
        var bus = new InMemoryTopicBus(
            Options.Create(new InMemoryTopicBusOptions { QueueCapacity = 2 }), NullLogger<InMemoryTopicBus>.Instance);
        var probe = new TopicProbe();
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        await using var subscription = await bus.SubscribeAsync(
            "topic",
            message =>
            {
                entered.Set();
                release.Wait(TimeSpan.FromSeconds(30));
                probe.Hear(message);
            },
            TestCancellation);
        await bus.PublishAsync("topic", "first"u8.ToArray(), TestCancellation);
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30), TestCancellation));

        for (var number = 1; number <= 5; number++)
        {
            await bus.PublishAsync("topic", Encoding.UTF8.GetBytes($"{number}"), TestCancellation);
        }

        release.Set();
        Assert.Equal("first", await probe.NextAsync());
        Assert.Equal("4", await probe.NextAsync());
        Assert.Equal("5", await probe.NextAsync());
        Assert.True(probe.IsSilent);
    }
}
