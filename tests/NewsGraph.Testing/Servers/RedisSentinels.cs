using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Servers;

/// <summary>A real master with a replica, and a real Sentinel that puts the replica in the master's place when it is gone.</summary>
public sealed class RedisSentinels : IAsyncDisposable
{
    private const string Service = "news";

    private readonly List<RedisServer> _servers = [];

    private RedisSentinels()
    {
    }

    /// <summary>The server that is master at the start.</summary>
    public RedisServer Master => _servers[0];

    /// <summary>The server that is replica at the start.</summary>
    public RedisServer Replica => _servers[1];

    /// <summary>What a client needs to connect.</summary>
    public string ConnectionString => $"{_servers[2].ConnectionString},serviceName={Service}";

    public static async Task<RedisSentinels> StartAsync(CancellationToken cancellationToken)
    {
        var sentinels = new RedisSentinels();
        try
        {
            await sentinels.MakeAsync(cancellationToken);
            return sentinels;
        }
        catch
        {
            await sentinels.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var n = _servers.Count - 1; n >= 0; n--)
        {
            await _servers[n].DisposeAsync();
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        _servers.Add(await RedisServer.StartAsync(cancellationToken));
        string[] replica = [.. RedisServer.NothingPersisted, "--replicaof", $"127.0.0.1 {Master.Port}"];
        _servers.Add(await RedisServer.StartAsync(_ => replica, cancellationToken));
        await Waiting.UntilAsync(async () => (await Replica.AskAsync("INFO", "replication")).Contains("master_link_status:up"));

        _servers.Add(await RedisServer.StartAsync(SentinelArguments, cancellationToken, "+monitor master"));
        await Waiting.UntilAsync(async () => (await _servers[2].AskAsync("SENTINEL", "MASTER", Service)) is var master
            && master[Array.IndexOf(master, "num-slaves") + 1] == "1");
    }

    // A Sentinel keeps what it learns in its configuration file.
    private IEnumerable<string> SentinelArguments(RedisServer sentinel)
    {
        var file = Path.Combine(sentinel.Directory, "sentinel.conf");
        File.WriteAllText(
            file,
            $"""
            sentinel monitor {Service} 127.0.0.1 {Master.Port} 1
            sentinel down-after-milliseconds {Service} 500
            sentinel failover-timeout {Service} 2000

            """);
        return [file, "--sentinel"];
    }
}
