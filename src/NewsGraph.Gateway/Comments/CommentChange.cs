using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>The change of one comment within an act: its article's row is taken first, the feed is told last.</summary>
internal sealed class CommentChange
{
    private readonly WriteScope _scope;

    private CommentChange(WriteScope scope, Comment comment) => (_scope, Comment) = (scope, comment);

    /// <summary>The comment, to be changed.</summary>
    public Comment Comment { get; }

    /// <summary>Takes the row of the comment's article and reads the comment; null when there is none.</summary>
    public static async Task<CommentChange?> BeginAsync(WriteScope scope, long commentId, CancellationToken cancellationToken)
    {
        var comments = scope.Db.Set<Comment>().Where(c => c.Id == commentId);
        if (await comments.Select(c => (long?)c.ArticleId).SingleOrDefaultAsync(cancellationToken) is not { } articleId)
        {
            return null;
        }

        await scope.TakeArticlesAsync([articleId], cancellationToken);
        return await comments.SingleOrDefaultAsync(cancellationToken) is { } comment ? new CommentChange(scope, comment) : null;
    }

    /// <summary>Moves the comment, keeps the counts and tells the feed when readers notice.</summary>
    public async Task MoveAsync(FeedLog feeds, CommentStatus status, DateTime at, CancellationToken cancellationToken)
    {
        var (wasVisible, isVisible) = (Comment.Status == CommentStatus.Approved, status == CommentStatus.Approved);
        Comment.Status = status;
        await _scope.Db.SaveChangesAsync(cancellationToken);
        if (wasVisible != isVisible)
        {
            var count = await CommentCounts.AddAsync(_scope, Comment, isVisible ? 1 : -1, cancellationToken);
            await TellAsync(feeds, isVisible ? FeedEventKind.CommentAdded : FeedEventKind.CommentRemoved, count, at, cancellationToken);
        }
    }

    /// <summary>Writes the comment and tells the feed that what readers see of it is different.</summary>
    public async Task TellEditedAsync(FeedLog feeds, DateTime at, CancellationToken cancellationToken)
    {
        await _scope.Db.SaveChangesAsync(cancellationToken);
        if (Comment.Status == CommentStatus.Approved)
        {
            var count = await _scope.Db.Set<Article>().Where(a => a.Id == Comment.ArticleId).Select(a => a.CommentCount).SingleAsync(cancellationToken);
            await TellAsync(feeds, FeedEventKind.CommentEdited, count, at, cancellationToken);
        }
    }

    private async Task TellAsync(FeedLog feeds, FeedEventKind kind, int count, DateTime at, CancellationToken cancellationToken) =>
        await feeds.AppendAsync(_scope, FeedNames.OfArticle(Comment.ArticleId), [new FeedNews(kind, Comment.Id, count)], at, cancellationToken);
}
