namespace NewsGraph.Gateway.Drill;

/// <summary>What became of one reader, or of all.</summary>
/// <param name="Tally">What it should have got and got.</param>
/// <param name="P50">The median time from a comment's first sending to its receipt.</param>
/// <param name="P99">The 99th percentile of it.</param>
/// <param name="Max">The longest.</param>
/// <param name="Reconnects">How often it came back.</param>
/// <param name="Resets">How often a node could not honour its position.</param>
internal sealed record ReaderResult(DeliveryTally Tally, TimeSpan P50, TimeSpan P99, TimeSpan Max, int Reconnects, int Resets)
{
    public static ReaderResult Of(DeliveryTally tally, LatencyHistogram latency, int reconnects, int resets) =>
        new(tally, latency.Percentile(0.5), latency.Percentile(0.99), latency.Max, reconnects, resets);
}

/// <summary>One reader's result and which one it is.</summary>
internal sealed record NumberedResult(int Reader, DrillTransport Transport, ReaderResult Result);

/// <summary>What a drill found.</summary>
internal sealed record DrillResult
{
    public required string Article { get; init; }

    public required TimeSpan Time { get; init; }

    /// <summary>Comments sent.</summary>
    public required int Posted { get; init; }

    /// <summary>Comments that a node acknowledged.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Acknowledged comments that the feed does not have.</summary>
    public required int Lost { get; init; }

    /// <summary>Comments that the feed has more than once.</summary>
    public required int StoredTwice { get; init; }

    /// <summary>Why a comment was given up; null when all were acknowledged.</summary>
    public required string? PostProblem { get; init; }

    public required int NodeKills { get; init; }

    public required int RedisRestarts { get; init; }

    public required int Cuts { get; init; }

    public required int SocketsCut { get; init; }

    public required ReaderResult Total { get; init; }

    public required IReadOnlyList<NumberedResult> Readers { get; init; }

    /// <summary>Why connections ended or failed, and how often, the most frequent first.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Problems { get; init; }

    /// <summary>Whether every comment acknowledged is there once, and every reader got everything once and in order.</summary>
    public bool Passed => Posted > 0 && Acknowledged == Posted && Lost == 0 && StoredTwice == 0 && Total.Resets == 0 && Total.Tally.IsPerfect;
}

/// <summary>How far a drill is.</summary>
internal sealed record DrillProgress(
    string Step, TimeSpan Elapsed, int Posted, int Acknowledged, int Connected, int Readers, long Received, int NodeKills, int RedisRestarts, int Cuts);
