using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

internal static class CommentCounts
{
    /// <summary>
    /// Keeps the counts when a comment comes into or leaves the readers' sight: the article's comments and threads, and the direct
    /// replies of the one it answers. What answers the comment itself stays in sight, so its own count does not change.
    /// </summary>
    /// <returns>The article's comments now.</returns>
    public static async Task<int> AddAsync(WriteScope scope, Comment comment, int step, CancellationToken cancellationToken)
    {
        // The article before the comment: see ArticleRows.
        var threads = step * await ThreadsAsync(scope.Db, comment, cancellationToken);
        var article = scope.Db.Set<Article>().Where(a => a.Id == comment.ArticleId);
        using (scope.Changes.Touching<Article>([comment.ArticleId], nameof(Article.CommentCount), nameof(Article.ThreadCount)))
        {
            await article.ExecuteUpdateAsync(
                set => set
                    .SetProperty(a => a.CommentCount, a => a.IsProtected ? 0 : a.CommentCount + step)
                    .SetProperty(a => a.ThreadCount, a => a.IsProtected ? 0 : a.ThreadCount + threads),
                cancellationToken);
        }

        if (comment.ParentId is { } parent)
        {
            using var touching = scope.Changes.Touching<Comment>([parent], nameof(Comment.ReplyCount));
            await scope.Db.Set<Comment>().Where(c => c.Id == parent)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ReplyCount, c => c.ReplyCount + step), cancellationToken);
        }

        return await article.Select(a => a.CommentCount).SingleAsync(cancellationToken);
    }

    /// <summary>
    /// How many threads more there are while readers see the comment: itself, where it answers none they see; what answers
    /// it begins no thread then.
    /// </summary>
    private static async Task<int> ThreadsAsync(NewsContext db, Comment comment, CancellationToken cancellationToken)
    {
        var begins = comment.ParentId is not { } parent || !await db.ApprovedComments().AnyAsync(c => c.Id == parent, cancellationToken);

        // Read anew: the same act may have changed it by a statement. One that is not written yet has no answers.
        var replies = await db.Set<Comment>().Where(c => c.Id == comment.Id).Select(c => c.ReplyCount).SingleOrDefaultAsync(cancellationToken);
        return (begins ? 1 : 0) - replies;
    }
}
