using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Servers;

/// <summary>A real cluster of three masters on the loopback address, each with a third of the slots.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16384;
    private const int Count = 3;
    private const int SlotsColumn = 8;

    private readonly List<RedisServer> _servers = [];

    private RedisCluster()
    {
    }

    /// <summary>The masters.</summary>
    public IReadOnlyList<RedisServer> Servers => _servers;

    /// <summary>What a client needs to connect: one server tells of the others.</summary>
    public string ConnectionString => string.Join(',', _servers.Select(s => s.ConnectionString));

    public static async Task<RedisCluster> StartAsync(CancellationToken cancellationToken)
    {
        var cluster = new RedisCluster();
        try
        {
            await cluster.MakeAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server that owns a slot.</summary>
    public RedisServer OwnerOf(int slot) => _servers[Enumerable.Range(0, Count).First(n => slot < Start(n + 1))];

    /// <summary>Gives one slot, which must be empty, to another server, and returns when all servers agree.</summary>
    public async Task MoveAsync(int slot, RedisServer to)
    {
        var from = OwnerOf(slot);
        var toId = await IdAsync(to);
        // Only a server that was importing the slot claims it with a new epoch. Without one, a late heartbeat of the
        // old owner takes the slot back on some servers, and each sends clients to the other for ever.
        await to.AskAsync("CLUSTER", "SETSLOT", $"{slot}", "IMPORTING", await IdAsync(from));
        await from.AskAsync("CLUSTER", "SETSLOT", $"{slot}", "MIGRATING", toId);
        foreach (var server in _servers.OrderBy(s => s == to ? 0 : s == from ? 1 : 2))
        {
            await server.AskAsync("CLUSTER", "SETSLOT", $"{slot}", "NODE", toId);
        }

        foreach (var server in _servers)
        {
            await Waiting.UntilAsync(async () => await IsOwnerAsync(server, slot, to));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static int Start(int server) => Slots * server / Count;

    private static async Task<string> IdAsync(RedisServer server) => (await server.AskAsync("CLUSTER", "MYID")).Single();

    /// <summary>Whether one server takes another for the owner of a slot: its line in the map names single slots and ranges.</summary>
    private static async Task<bool> IsOwnerAsync(RedisServer asked, int slot, RedisServer owner)
    {
        var id = await IdAsync(owner);
        var line = (await asked.AskAsync("CLUSTER", "NODES")).Single(node => node.StartsWith(id, StringComparison.Ordinal));
        return line.Split(' ').Skip(SlotsColumn).Where(slots => slots[0] != '[').Any(slots =>
        {
            var ends = Array.ConvertAll(slots.Split('-'), int.Parse);
            return ends[0] <= slot && slot <= ends[^1];
        });
    }

    private static async Task<bool> IsWholeAsync(RedisServer server)
    {
        var info = await server.AskAsync("CLUSTER", "INFO");
        return info.Contains("cluster_state:ok") && info.Contains($"cluster_slots_ok:{Slots}") && info.Contains($"cluster_known_nodes:{Count}");
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        for (var n = 0; n < Count; n++)
        {
            // Port and bus port stay with the server, so that it can be started again; a lost shard must not stop the others.
            var busPort = RedisServer.FreePort();
            string[] arguments =
            [
                .. RedisServer.NothingPersisted, "--cluster-enabled", "yes", "--cluster-port", $"{busPort}",
                "--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no",
            ];
            _servers.Add(await RedisServer.StartAsync(_ => arguments, cancellationToken));
            await _servers[n].AskAsync("CLUSTER", "ADDSLOTSRANGE", $"{Start(n)}", $"{Start(n + 1) - 1}");
            if (n > 0)
            {
                await _servers[n].AskAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{n + 1}");
                await _servers[0].AskAsync("CLUSTER", "MEET", "127.0.0.1", $"{_servers[n].Port}", $"{busPort}");
            }
        }

        foreach (var server in _servers)
        {
            await Waiting.UntilAsync(() => IsWholeAsync(server));
        }
    }
}
