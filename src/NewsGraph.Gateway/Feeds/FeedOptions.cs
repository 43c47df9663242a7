using System.ComponentModel.DataAnnotations;

namespace NewsGraph.Gateway.Feeds;

/// <summary>How feeds are followed and kept: section <c>Feeds</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>
    /// How often a node compares the positions of the feeds it follows with the database, by one query for all: the
    /// longest a lost bell can delay an event. 100 milliseconds to 1 minute. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PositionCheckInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many events may wait for one subscriber before it is told that it is too slow, 16 to 100,000. Default: 1,000.
    /// </summary>
    [Range(16, 100_000)]
    public int MaxWaitingEvents { get; set; } = 1_000;

    /// <summary>How many events one query reads when a gap is filled, 1 to 10,000. Default: 500.</summary>
    [Range(1, 10_000)]
    public int ReadSize { get; set; } = 500;

    /// <summary>
    /// How long an event is kept. A reader who comes back later than this is told to read the data again. 1 hour to
    /// 3,650 days. Default: 7 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many events of one feed are kept at most, 100 to 10,000,000. Default: 10,000.</summary>
    [Range(100, 10_000_000)]
    public int KeepCount { get; set; } = 10_000;

    /// <summary>How often events that are too old or too many are given up. 1 minute to 1 day. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromMinutes(10);
}
