namespace NewsGraph.Gateway.Drill;

/// <summary>The nodes under fire, and how they are broken.</summary>
internal interface IDrillCluster : IAsyncDisposable
{
    /// <summary>Their GraphQL endpoints.</summary>
    IReadOnlyList<Uri> Endpoints { get; }

    /// <summary>Kills a node and starts it again; complete when it is back.</summary>
    Task RestartNodeAsync(CancellationToken cancellationToken);

    /// <summary>Kills Redis and starts it again; complete when it is back.</summary>
    Task RestartRedisAsync(CancellationToken cancellationToken);
}
