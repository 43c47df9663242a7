namespace NewsGraph.Gateway.Drill;

/// <summary>How readers are connected.</summary>
internal enum DrillTransport
{
    /// <summary>WebSocket, <c>graphql-transport-ws</c>.</summary>
    Ws,

    /// <summary>Server-sent events.</summary>
    Sse,

    /// <summary>One half each.</summary>
    Mixed,
}

/// <summary>What a drill does.</summary>
internal sealed record DrillPlan
{
    /// <summary>The article's slug or id; null for the most recent one that takes comments.</summary>
    public string? Article { get; init; }

    /// <summary>How many readers.</summary>
    public required int Clients { get; init; }

    /// <summary>How they are connected.</summary>
    public required DrillTransport Transport { get; init; }

    /// <summary>Comments a second.</summary>
    public required double Rate { get; init; }

    /// <summary>How long comments are posted and things broken.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long, after that, readers may take to get the rest.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>The pause between two kills of a node; null for none.</summary>
    public TimeSpan? KillNodeEvery { get; init; }

    /// <summary>The pause between two restarts of Redis; null for none.</summary>
    public TimeSpan? RestartRedisEvery { get; init; }

    /// <summary>The pause between two cuts of sockets; null for none.</summary>
    public TimeSpan? CutEvery { get; init; }

    /// <summary>The share of readers that a cut hits, 0 to 1.</summary>
    public required double CutShare { get; init; }
}

/// <summary>The drill cannot go on; the message is for its user.</summary>
internal sealed class DrillException(string message) : Exception(message);
