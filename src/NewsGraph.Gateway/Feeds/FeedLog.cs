using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.PubSub;

namespace NewsGraph.Gateway.Feeds;

/// <summary>Writes and reads the feeds' log. Safe for concurrent use.</summary>
public sealed partial class FeedLog(ITopicBus bus, IDbContextFactory<NewsContext> databases, ILogger<FeedLog> logger)
{
    private readonly SharedReads<string, FeedState> _states = new(feed => ReadStateAsync(databases, feed));

    /// <summary>
    /// Adds an event in the act's own transaction and rings the feed's bell once it is durable. Taking the number locks
    /// the feed's row until the commit, so numbers follow commit order and none is lost with a failed act. For the same
    /// reason it is the last an act does: other writers of the feed wait from here on.
    /// </summary>
    public async Task<FeedEvent> AppendAsync(
        WriteScope scope, string feed, FeedEventKind kind, long subjectId, DateTime at, long count, CancellationToken cancellationToken) =>
        (await AppendAsync(scope, feed, [new FeedNews(kind, subjectId, count)], at, cancellationToken))[0];

    /// <summary>Adds many events in order: their numbers are taken by one statement, and one bell tells of all.</summary>
    public async Task<IReadOnlyList<FeedEvent>> AppendAsync(
        WriteScope scope, string feed, IReadOnlyList<FeedNews> news, DateTime at, CancellationToken cancellationToken)
    {
        if (news.Count == 0)
        {
            return [];
        }

        using var touching = scope.Changes.Touching<Feed>(feed);
        var lastNumbers = await scope.Db.Database
            .SqlQuery<long>($"""
                INSERT INTO feeds ("Name", "LastNumber") VALUES ({feed}, {news.Count})
                ON CONFLICT ("Name") DO UPDATE SET "LastNumber" = feeds."LastNumber" + {news.Count}
                RETURNING "LastNumber" AS "Value"
                """)
            .ToListAsync(cancellationToken);

        // The stores keep microseconds; a bell must not say more than the log.
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
        var number = lastNumbers[0] - news.Count;
        var entries = news
            .Select(n => new FeedEvent { Feed = feed, Number = ++number, Kind = n.Kind, SubjectId = n.SubjectId, At = at, Count = n.Count })
            .ToList();
        scope.Db.Set<FeedEvent>().AddRange(entries);
        scope.AfterCommit(() => Ring(entries[^1]));
        return entries;
    }

    /// <summary>The feed's last number; 0 for one in which nothing has happened.</summary>
    public async Task<long> LastNumberAsync(string feed, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<Feed>().Where(f => f.Name == feed).Select(f => f.LastNumber).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>How far a feed has come and how far back it reaches, after this was called. Many callers cost few statements.</summary>
    public Task<FeedState> StateAsync(string feed, CancellationToken cancellationToken) => _states.ReadAsync(feed, cancellationToken);

    /// <summary>The last numbers of many feeds by one query; a feed in which nothing has happened is left out.</summary>
    public async Task<Dictionary<string, long>> LastNumbersAsync(IReadOnlyCollection<string> feeds, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<Feed>().Where(f => feeds.Contains(f.Name)).ToDictionaryAsync(f => f.Name, f => f.LastNumber, cancellationToken);
    }

    /// <summary>Up to <paramref name="limit"/> events after a number, in order.</summary>
    public async Task<List<FeedEvent>> ReadAsync(string feed, long after, int limit, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<FeedEvent>().Where(e => e.Feed == feed && e.Number > after).OrderBy(e => e.Number).Take(limit).ToListAsync(cancellationToken);
    }

    private static async Task<FeedState> ReadStateAsync(IDbContextFactory<NewsContext> databases, string feed)
    {
        await using var db = databases.CreateDbContext();
        var events = db.Set<FeedEvent>();
        var state = await db.Set<Feed>()
            .Where(f => f.Name == feed)
            .Select(f => new { f.LastNumber, Oldest = events.Where(e => e.Feed == f.Name).Min(e => (long?)e.Number) })
            .SingleOrDefaultAsync();
        return state is null ? default : new FeedState(state.LastNumber, (state.Oldest ?? state.LastNumber + 1) - 1);
    }

    private async void Ring(FeedEvent entry)
    {
        try
        {
            await bus.PublishAsync(entry.Feed, FeedMessage.Write(entry));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The event is in the log; followers find it with their next position check.
            LogRingFailed(logger, entry.Feed, entry.Number, exception);
        }
    }

    [LoggerMessage(100, LogLevel.Warning, "The bell of feed {Feed} could not be rung for event {Number}; followers find it with their next position check.")]
    private static partial void LogRingFailed(ILogger logger, string feed, long number, Exception exception);
}
