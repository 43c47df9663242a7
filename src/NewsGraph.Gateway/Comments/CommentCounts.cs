using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

internal static class CommentCounts
{
    /// <summary>
    /// Keeps the counts when a comment comes into or leaves the readers' sight: the article's comments, and the direct
    /// replies of the one it answers. What answers the comment itself stays in sight, so its own count does not change.
    /// </summary>
    /// <returns>The article's comments now.</returns>
    public static async Task<int> AddAsync(WriteScope scope, Comment comment, int step, CancellationToken cancellationToken)
    {
        // The article before the comment: see ArticleRows.
        var article = scope.Db.Set<Article>().Where(a => a.Id == comment.ArticleId);
        using (scope.Changes.Touching<Article>([comment.ArticleId], nameof(Article.CommentCount)))
        {
            await article.ExecuteUpdateAsync(
                set => set.SetProperty(a => a.CommentCount, a => a.IsProtected ? 0 : a.CommentCount + step), cancellationToken);
        }

        if (comment.ParentId is { } parent)
        {
            using var touching = scope.Changes.Touching<Comment>([parent], nameof(Comment.ReplyCount));
            await scope.Db.Set<Comment>().Where(c => c.Id == parent)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ReplyCount, c => c.ReplyCount + step), cancellationToken);
        }

        return await article.Select(a => a.CommentCount).SingleAsync(cancellationToken);
    }
}
