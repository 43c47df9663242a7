using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsGraph.Testing.Servers;

/// <summary>
/// A relay before a Redis that can make subscribed connections deaf: what the server sends on them is swallowed from
/// then on, while both ends see an open socket. New connections are whole.
/// </summary>
public sealed class DeafProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Relay> _relays = [];
    private readonly Task _accepting;

    public DeafProxy(RedisServer server)
    {
        _target = server.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Makes every connection deaf on which something has been subscribed. Answers how many they are.</summary>
    public int Deafen()
    {
        var subscribed = _relays.Where(r => r.IsSubscribed && !r.IsDeaf).ToList();
        subscribed.ForEach(r => r.IsDeaf = true);
        return subscribed.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        foreach (var relay in _relays)
        {
            relay.Dispose();
        }

        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var server = new TcpClient { NoDelay = true };
                await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                _relays.Add(new Relay(client, server));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private sealed class Relay : IDisposable
    {
        private readonly TcpClient _client;
        private readonly TcpClient _server;

        public Relay(TcpClient client, TcpClient server)
        {
            (_client, _server) = (client, server);
            client.NoDelay = true;
            _ = PumpAsync(client, server, bytes =>
            {
                IsSubscribed |= Encoding.ASCII.GetString(bytes).Contains("SUBSCRIBE", StringComparison.OrdinalIgnoreCase);
                return true;
            });
            _ = PumpAsync(server, client, _ => !IsDeaf);
        }

        public bool IsSubscribed { get; private set; }

        public bool IsDeaf { get; set; }

        public void Dispose()
        {
            _client.Dispose();
            _server.Dispose();
        }

        private delegate bool Pass(ReadOnlySpan<byte> bytes);

        private async Task PumpAsync(TcpClient from, TcpClient to, Pass pass)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.GetStream().ReadAsync(buffer) is var read and > 0)
                {
                    if (pass(buffer.AsSpan(0, read)))
                    {
                        await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One end is gone, and so goes the other.
            }

            Dispose();
        }
    }
}
