namespace NewsGraph.Gateway.Drill;

/// <summary>Against whom a drill runs: nodes that are there, or nodes of its own.</summary>
internal sealed record DrillSetting
{
    public required DrillPlan Plan { get; init; }

    /// <summary>The GraphQL endpoints of nodes that are there; empty when it starts its own.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>How many nodes it starts.</summary>
    public required int SpawnNodes { get; init; }

    /// <summary>The program redis-server.</summary>
    public required string RedisServer { get; init; }

    /// <summary>Where its nodes' files stay; null for a folder that is deleted.</summary>
    public string? Directory { get; init; }

    /// <summary>Settings of its nodes.</summary>
    public required IReadOnlyList<string> NodeSettings { get; init; }

    /// <summary>Restarts a node of those that are there.</summary>
    public string? NodeCommand { get; init; }

    /// <summary>Restarts their Redis.</summary>
    public string? RedisCommand { get; init; }

    /// <summary>The cluster, ready to be used.</summary>
    public async Task<IDrillCluster> StartAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (SpawnNodes == 0)
        {
            return new RunningCluster(Endpoints, NodeCommand, RedisCommand);
        }

        // A single node needs no Redis, unless it is to be broken.
        var redis = SpawnNodes > 1 || Plan.RestartRedisEvery is not null ? RedisServer : null;
        return await SpawnedCluster.StartAsync(SpawnNodes, redis, folder, NodeSettings, time, cancellationToken);
    }
}
