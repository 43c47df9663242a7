using NewsGraph.Engine.Conventions.Errors;
using NewsGraph.Engine.Execution.Groups;

namespace NewsGraph.Gateway.Feeds;

/// <summary>One feed as the engine's groups hear it and read it again. Safe for concurrent use.</summary>
internal sealed class FeedSource : IEventSource
{
    private readonly FeedAudience _audience;
    private readonly SharedReads<(long After, int Limit), IReadOnlyList<SourceEvent>> _pages;

    public FeedSource(string feed, FeedAudience audience, FeedLog log, FeedContents contents)
    {
        _audience = audience;
        _pages = new(async page =>
        {
            var events = await log.ReadAsync(feed, page.After, page.Limit, CancellationToken.None);
            return events.Count > 0 && events[0].Number != page.After + 1
                ? throw FeedErrors.Pruned()
                : await contents.ReadAsync(events, CancellationToken.None);
        });
    }

    public long Add(IEventListener listener) => _audience.Add(listener);

    public void Remove(IEventListener listener) => _audience.Remove(listener);

    /// <exception cref="RequestError">The events are not kept any more.</exception>
    public Task<IReadOnlyList<SourceEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        _pages.ReadAsync((after, limit), cancellationToken);
}
