using Microsoft.Extensions.Hosting;

namespace NewsGraph.PubSub.Redis;

/// <summary>Connects when the host starts instead of at the first reader, without holding up the start.</summary>
internal sealed class RedisTopicBusStarter(RedisTopicBus bus) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        bus.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
