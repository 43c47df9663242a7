using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Execution;
using NewsGraph.IntegrationTests.WebSockets;

namespace NewsGraph.IntegrationTests.Http;

/// <summary>A reader of a stream that stops reading, over a real connection.</summary>
public sealed class StalledReaderTests
{
    // More than the network's own buffers take.
    private static readonly byte[] Large = JsonSerializer.SerializeToUtf8Bytes(new { data = new string('x', 16_000_000) });

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task It_is_cut_off_when_one_write_has_waited_thirty_seconds_for_it()
    {
        await using var server = await StartAsync();
        using var stalled = await SubscribeAsync(server);
        await Executor(server).StreamsAsync(1);

        Executor(server).Publish(Large);
        await CutAsync(server);

        await Assert.ThrowsAnyAsync<IOException>(() => ReadToEndAsync(stalled));
    }

    [Fact]
    public async Task It_is_cut_off_as_soon_as_its_queue_is_full_and_hinders_nobody()
    {
        await using var server = await StartAsync();
        using var stalled = await SubscribeAsync(server);
        await Executor(server).StreamsAsync(1);
        using var reader = await SubscribeAsync(server);
        await Executor(server).StreamsAsync(2);
        var reading = ReadUntilAsync(reader, "\"last\"");

        Executor(server).Publish(Large);
        for (var i = 0; i < 3; i++)
        {
            Executor(server).Publish("""{"n":1}""");
        }

        Executor(server).Publish("""{"n":"last"}""");
        await reading;
        for (var i = 0; i < 256; i++)
        {
            Executor(server).Publish("""{"n":2}""");
            await ReadUntilAsync(reader, "\"n\":2}");
        }

        await Executor(server).StreamsAsync(1);
    }

    // The write begins on the server's own thread, so one advance might come too early.
    private async Task CutAsync(SampleServer server)
    {
        var cut = Executor(server).StreamsAsync(0);
        while (!cut.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(cut, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await cut;
    }

    private Task<SampleServer> StartAsync() => SampleServer.StartAsync(services =>
    {
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IOperationExecutor, ScriptedExecutor>();
    });

    private static ScriptedExecutor Executor(SampleServer server) => (ScriptedExecutor)server.Services.GetRequiredService<IOperationExecutor>();

    private static async Task<TcpClient> SubscribeAsync(SampleServer server)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        const string Body = """{"query":"stream"}""";
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /graphql HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAccept: text/event-stream\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"),
            TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task ReadToEndAsync(TcpClient client)
    {
        using var limit = new CancellationTokenSource(SampleServer.Limit);
        var buffer = new byte[64 * 1024];
        while (await client.GetStream().ReadAsync(buffer, limit.Token) > 0)
        {
        }

        throw new IOException("The stream ended early, but in order.");
    }

    private static async Task ReadUntilAsync(TcpClient client, string text)
    {
        using var limit = new CancellationTokenSource(SampleServer.Limit);
        var buffer = new byte[64 * 1024];
        var tail = "";
        while (!tail.Contains(text, StringComparison.Ordinal))
        {
            var count = await client.GetStream().ReadAsync(buffer, limit.Token);
            Assert.NotEqual(0, count);
            tail = (tail.Length > 100 ? tail[^100..] : tail) + Encoding.UTF8.GetString(buffer, 0, count);
        }
    }
}
