using System.Runtime.CompilerServices;
using System.Text.Json;

namespace NewsGraph.IntegrationTests.WebSockets;

/// <summary>One reader that has stopped reading, among many that have not.</summary>
public sealed class StuckReaderTests
{
    private const int Readers = 199;
    private const int MaxEvents = 1000;

    [Fact]
    public async Task It_is_closed_the_others_get_every_event_and_its_memory_is_given_back()
    {
        await using var server = await SocketServer.StartAsync(options =>
        {
            options.PongTimeout = TimeSpan.Zero;
            options.MaxQueuedMessages = 64;
        });
        using var stuck = await RawSocket.ConnectAsync(server.Address, SocketClient.Modern, receiveBuffer: 4096);
        await stuck.SendAsync("""{"type":"connection_init"}""");
        await stuck.SendAsync("""{"id":"a","type":"subscribe","payload":{"query":"stream"}}""");
        await server.Executor.StreamsAsync(1);
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => SubscribeAsync(server)));
        await server.Executor.StreamsAsync(Readers + 1);

        // Each event has to reach all others before the next one is sent: a node that waited for the stuck one would stand still.
        var events = new List<WeakReference>();
        while (server.Executor.Streams > Readers)
        {
            Assert.InRange(events.Count, 0, MaxEvents);
            events.Add(Publish(server, events.Count));
            var received = await Task.WhenAll(readers.Select(reader => reader.ReceiveAsync()));
            Assert.All(received, text => Assert.Contains($"\"n\":{events.Count - 1},", text, StringComparison.Ordinal));
        }

        Assert.InRange(events.Count, 64, MaxEvents);
        await SocketServer.EventuallyAsync(() =>
        {
            // It takes no close frame either, so it is cut off.
            server.Pass(seconds: 1);
            return server.Connections == Readers;
        });
        await SocketServer.EventuallyAsync(() =>
        {
            GC.Collect();
            return events.TrueForAll(one => !one.IsAlive);
        });
        Array.ForEach(readers, reader => reader.Dispose());
    }

    private static async Task<SocketClient> SubscribeAsync(SocketServer server)
    {
        var client = await SocketClient.OpenAsync(server.Address);
        await client.SubscribeAsync("a");
        return client;
    }

    // A method of its own, so that no local variable keeps the event.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Publish(SocketServer server, int number)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { data = new { n = number, text = new string('x', 8000) } });
        server.Executor.Publish(json);
        return new WeakReference(json);
    }
}
