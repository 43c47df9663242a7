using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>
/// What the events of comments tell. A comment that readers cannot see any more is told as removed where the event would
/// have shown it, and a like of it not at all.
/// </summary>
internal sealed class CommentContent(IDbContextFactory<NewsContext> databases) : IFeedContent
{
    public IReadOnlyCollection<FeedEventKind> Kinds { get; } =
        [FeedEventKind.CommentAdded, FeedEventKind.CommentEdited, FeedEventKind.CommentRemoved, FeedEventKind.CommentLiked];

    public bool Hides(FeedEventKind kind) => kind is FeedEventKind.CommentEdited or FeedEventKind.CommentRemoved;

    public async Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Where(e => e.Event.Kind != FeedEventKind.CommentRemoved).Select(e => e.Event.SubjectId).Distinct().ToArray();
        var comments = ids.Length == 0 ? [] : await FindAsync(ids, cancellationToken);
        var told = new Dictionary<long, object>(entries.Count);
        foreach (var (item, position) in entries)
        {
            if (Tell(item, position, comments.GetValueOrDefault(item.SubjectId)) is { } value)
            {
                told.Add(item.Number, value);
            }
        }

        return told;
    }

    private static object? Tell(FeedEvent item, string position, Comment? comment) => (item.Kind, comment) switch
    {
        (FeedEventKind.CommentRemoved, _) => new CommentRemoved(item.SubjectId, position, item.Count),
        (FeedEventKind.CommentAdded, not null) => new CommentAdded(comment, position, item.Count),
        (FeedEventKind.CommentEdited, not null) => new CommentEdited(comment, position),
        (FeedEventKind.CommentLiked, not null) => new CommentLiked(comment.Id, comment.LikeCount, position),
        (FeedEventKind.CommentLiked, null) => null,
        _ => new CommentRemoved(item.SubjectId, position, Math.Max(0, item.Count - 1)),
    };

    private async Task<Dictionary<long, Comment>> FindAsync(long[] ids, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.ReadableComments().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
    }
}

/// <summary>What the events of commenting tell. They hide, too: an article that is taken from readers ends with one.</summary>
internal sealed class CommentingContent : IFeedContent
{
    public IReadOnlyCollection<FeedEventKind> Kinds { get; } = [FeedEventKind.CommentsClosed, FeedEventKind.CommentsOpened];

    public bool Hides(FeedEventKind kind) => true;

    public Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<long, object>>(entries.ToDictionary(
            e => e.Event.Number,
            object (e) => e.Event.Kind == FeedEventKind.CommentsClosed ? new CommentsClosed(e.Position) : new CommentsOpened(e.Position)));
}
