using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NewsGraph.PubSub;
using NewsGraph.PubSub.Redis;

namespace NewsGraph.Tests.PubSub;

public sealed class TopicBusRegistrationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("password=hush")]
    [InlineData("localhost,connectTimeout=soon,password=hush")]
    public async Task A_connection_string_that_cannot_work_stops_the_start_and_is_not_repeated(string configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRedisTopicBus(options => options.Configuration = configuration);
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Redis connection string", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_starts_while_redis_is_away_and_the_node_goes_on_alone()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // Port 1 on the loopback address: nothing listens there, so connecting is refused at once.
        builder.Services.AddRedisTopicBus(options => options.Configuration = "127.0.0.1:1,connectTimeout=200,connectRetry=1");
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var bus = host.Services.GetRequiredService<ITopicBus>();
        var probe = new NewsGraph.Testing.Specifications.TopicProbe();

        await using var subscription = await bus.SubscribeAsync("topic", probe.Hear, TestContext.Current.CancellationToken);
        await bus.PublishAsync("topic", "alone"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("alone", await probe.NextAsync());
        Assert.False(bus.Status.Delivers);
        Assert.Contains("127.0.0.1:1", bus.Status.Problem, StringComparison.Ordinal);
        await ((RedisTopicBus)bus).DisposeAsync();
    }
}
