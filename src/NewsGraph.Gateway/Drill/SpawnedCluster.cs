using System.Net;
using System.Net.Sockets;

namespace NewsGraph.Gateway.Drill;

/// <summary>A throw-away cluster on the loopback address: a redis-server and nodes of this same program, on one database.</summary>
internal sealed class SpawnedCluster : IDrillCluster
{
    private static readonly TimeSpan DownTime = TimeSpan.FromSeconds(1);

    private readonly List<ChildProcess> _nodes = [];
    private readonly TimeProvider _time;
    private ChildProcess? _redis;

    private SpawnedCluster(IReadOnlyList<Uri> endpoints, TimeProvider time) => (Endpoints, _time) = (endpoints, time);

    public IReadOnlyList<Uri> Endpoints { get; }

    /// <summary>Starts it.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="redisServer">The program redis-server; null for a single node without Redis.</param>
    /// <param name="folder">For logs and, with SQLite, the database.</param>
    /// <param name="settings">Settings of the nodes; a database they name is used instead.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SpawnedCluster> StartAsync(
        int nodes, string? redisServer, string folder, IReadOnlyList<string> settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var ports = FreePorts(nodes + 1);
        var cluster = new SpawnedCluster([.. ports.Take(nodes).Select(port => new Uri($"http://127.0.0.1:{port}{GraphQLPath}"))], time);
        try
        {
            IReadOnlyList<string> shared = [$"--Storage:Directory={folder}", .. settings];
            if (redisServer is not null)
            {
                cluster._redis = Redis(redisServer, ports[nodes], folder);
                await cluster._redis.StartAsync(cancellationToken);
                shared = [.. shared, $"--ConnectionStrings:Redis=127.0.0.1:{ports[nodes]}"];
            }

            // One after the other: the first makes the database and fills an empty one.
            for (var i = 0; i < nodes; i++)
            {
                var node = Node(i, ports[i], shared, folder);
                cluster._nodes.Add(node);
                await node.StartAsync(cancellationToken);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task RestartNodeAsync(CancellationToken cancellationToken) =>
        RestartAsync(_nodes[Random.Shared.Next(_nodes.Count)], cancellationToken);

    public Task RestartRedisAsync(CancellationToken cancellationToken) => RestartAsync(_redis!, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private async Task RestartAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        await child.KillAsync();
        await Task.Delay(DownTime, _time, cancellationToken);
        await child.StartAsync(cancellationToken);
    }

    private static ChildProcess Redis(string program, int port, string folder) => new(
        program,
        ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
        "Ready to accept connections",
        Path.Combine(folder, "redis.log"));

    private static ChildProcess Node(int index, int port, IReadOnlyList<string> settings, string folder)
    {
        // Run by the .NET host, the program is an assembly; published, it is a program of its own.
        var assembly = typeof(SpawnedCluster).Assembly.Location;
        var own = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == typeof(SpawnedCluster).Assembly.GetName().Name;
        string[] serve = ["serve", $"--urls=http://127.0.0.1:{port}", "--environment=Development", .. settings];
        return new ChildProcess(
            own ? Environment.ProcessPath! : "dotnet",
            own ? serve : [assembly, .. serve],
            "GraphQL endpoint: ",
            Path.Combine(folder, $"node-{index + 1}.log"));
    }

    // All are held until all are found, or one would be found twice.
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    private const string GraphQLPath = "/graphql";
}
