using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>What <see cref="FeedEventKind.CommentAdded"/> tells: the comment, or that it is gone when readers cannot see it any more.</summary>
internal sealed class CommentAddedContent(IDbContextFactory<NewsContext> databases) : IFeedContent
{
    public IReadOnlyCollection<FeedEventKind> Kinds { get; } = [FeedEventKind.CommentAdded];

    public bool Hides => false;

    public async Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Select(e => e.Event.SubjectId).ToArray();
        await using var db = databases.CreateDbContext();
        var comments = await db.ReadableComments().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return entries.ToDictionary(e => e.Event.Number, object (e) => comments.TryGetValue(e.Event.SubjectId, out var comment)
            ? new CommentAdded(comment, e.Position, e.Event.Count)
            : new CommentRemoved(e.Event.SubjectId, e.Position, Math.Max(0, e.Event.Count - 1)));
    }
}
