using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Feeds;

/// <summary>What events of any kind tell readers: asks the feature that knows the kind. Safe for concurrent use.</summary>
public sealed class FeedContents
{
    private readonly DatabaseSetup _database;
    private readonly Dictionary<FeedEventKind, IFeedContent> _byKind = [];

    /// <summary>Collects what the features know.</summary>
    public FeedContents(DatabaseSetup database, IEnumerable<IFeedContent> contents)
    {
        _database = database;
        foreach (var content in contents)
        {
            foreach (var kind in content.Kinds)
            {
                _byKind.Add(kind, content);
            }
        }
    }

    /// <summary>A place in a feed of this database.</summary>
    public FeedPosition PositionOf(string feed, long number) => new(_database.Epoch, feed, number);

    /// <summary>What a page of one feed's events tells, in its order; one statement or few for each kind of content.</summary>
    public async Task<IReadOnlyList<SourceEvent>> ReadAsync(IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken)
    {
        var entries = events.Select(e => new FeedEntry(e, PositionOf(e.Feed, e.Number).ToString())).ToList();
        var told = new Dictionary<long, object>();
        foreach (var group in entries.Where(e => _byKind.ContainsKey(e.Event.Kind)).GroupBy(e => _byKind[e.Event.Kind]))
        {
            foreach (var (number, value) in await group.Key.ReadAsync([.. group], cancellationToken))
            {
                told.Add(number, value);
            }
        }

        // A kind this version does not know yet tells its readers nothing, but its number counts.
        return [.. entries.Select(e => new SourceEvent(
            e.Event.Number, told.GetValueOrDefault(e.Event.Number), e.Position, Hides(e.Event.Kind)))];
    }

    private bool Hides(FeedEventKind kind) => !_byKind.TryGetValue(kind, out var content) || content.Hides(kind);
}
