using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>Counts that one more reader likes a comment, and tells the feed in the same transaction. Safe for concurrent use.</summary>
public sealed class LikeComment(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <summary>Likes a comment that readers can see.</summary>
    /// <returns>Its likes now; null when readers see no such comment.</returns>
    public Task<int?> RunAsync(long commentId, CancellationToken cancellationToken) => writer.WriteAsync<int?>(
        async (scope, ct) =>
        {
            // No count of the article changes, so its row is left to those who post.
            using var touching = scope.Changes.Touching<Comment>([commentId], nameof(Comment.LikeCount));
            var liked = await scope.Db.ReadableComments().Where(c => c.Id == commentId)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LikeCount, c => c.LikeCount + 1), ct);
            if (liked == 0)
            {
                return null;
            }

            var comment = await scope.Db.Set<Comment>().Where(c => c.Id == commentId).Select(c => new { c.ArticleId, c.LikeCount }).SingleAsync(ct);
            await feeds.AppendAsync(
                scope,
                FeedNames.OfArticle(comment.ArticleId),
                FeedEventKind.CommentLiked,
                commentId,
                time.GetUtcNow().UtcDateTime,
                comment.LikeCount,
                ct);
            return comment.LikeCount;
        },
        cancellationToken);
}
