using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NewsGraph.Engine.Conventions.Mutations;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>What a reader posts.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="ParentId">The comment it answers, or null.</param>
/// <param name="AuthorName">The reader's name.</param>
/// <param name="AuthorEmail">The reader's email address; private.</param>
/// <param name="AuthorUrl">The reader's web site, or null.</param>
/// <param name="Body">The text; the few tags that comments may have are kept.</param>
/// <param name="ClientKey">The client's own key for the post, so that a retry stores nothing; null for none.</param>
/// <param name="AuthorAddress">Where the post came from; private.</param>
public sealed record PostCommentRequest(
    long ArticleId,
    long? ParentId,
    string AuthorName,
    string AuthorEmail,
    string? AuthorUrl,
    string Body,
    string? ClientKey,
    string? AuthorAddress);

/// <summary>What became of a post: a comment, or what the reader must put right.</summary>
/// <param name="Comment">The comment; null when there are errors.</param>
/// <param name="Errors">The errors; empty when there is a comment.</param>
public sealed record PostCommentOutcome(Comment? Comment, IReadOnlyList<IUserError> Errors);

/// <summary>
/// Posts a comment by the rules of WordPress's reply form. The comment, the counts that change with it and the event
/// that tells of it are one transaction. Safe for concurrent use.
/// </summary>
public sealed class PostComment(INewsWriter writer, FeedLog feeds, IOptions<CommentOptions> options, TimeProvider time)
{
    /// <summary>Checks and stores a comment; when the task completes with one, it is durable.</summary>
    public Task<PostCommentOutcome> RunAsync(PostCommentRequest request, CancellationToken cancellationToken)
    {
        var draft = CommentDraft.Of(request, options.Value);
        return draft.Errors.Count > 0
            ? Task.FromResult(new PostCommentOutcome(null, draft.Errors))
            : writer.WriteAsync((scope, ct) => StoreAsync(scope, draft, ct), cancellationToken);
    }

    private async Task<PostCommentOutcome> StoreAsync(WriteScope scope, CommentDraft draft, CancellationToken cancellationToken)
    {
        // Before anything is read: what is decided here, and counted, must still hold at the commit.
        await scope.TakeArticlesAsync([draft.ArticleId], cancellationToken);
        var comments = scope.Db.Set<Comment>();
        if (draft.ClientKey is { } key
            && await comments.SingleOrDefaultAsync(c => c.ArticleId == draft.ArticleId && c.ClientKey == key, cancellationToken) is { } first)
        {
            // The first result again, unless it was taken down since.
            return first.Status == CommentStatus.Approved ? new PostCommentOutcome(first, []) : Refused(new DuplicateCommentError());
        }

        var article = await scope.Db.Set<Article>().Where(Article.IsPublic)
            .Where(a => a.Id == draft.ArticleId && !a.IsProtected)
            .Select(a => new { a.CommentsOpen })
            .SingleOrDefaultAsync(cancellationToken);
        if (article is not { CommentsOpen: true })
        {
            return Refused(article is null ? new ArticleNotFoundError() : new CommentsClosedError());
        }

        Comment? parent = null;
        if (draft.ParentId is { } parentId)
        {
            parent = await comments.Where(Comment.IsPublic)
                .SingleOrDefaultAsync(c => c.Id == parentId && c.ArticleId == draft.ArticleId, cancellationToken);
            if (parent is null)
            {
                return Refused(new ParentNotFoundError());
            }

            parent = await DeepestAllowedAsync(comments, parent, cancellationToken);
        }

        return await IsDuplicateAsync(comments, draft, parent?.Id, cancellationToken)
            ? Refused(new DuplicateCommentError())
            : new PostCommentOutcome(await AddAsync(scope, draft, parent, cancellationToken), []);
    }

    private static PostCommentOutcome Refused(IUserError error) => new(null, [error]);

    /// <summary>The comment that an answer to <paramref name="asked"/> is attached to; null for the top level.</summary>
    private async Task<Comment?> DeepestAllowedAsync(DbSet<Comment> comments, Comment asked, CancellationToken cancellationToken)
    {
        var parent = asked;
        while (parent is not null && parent.Depth >= options.Value.MaxDepth)
        {
            parent = await comments.SingleOrDefaultAsync(c => c.Id == parent.ParentId, cancellationToken);
        }

        return parent;
    }

    // Whoever says the same again in the same place: the same name or address is enough, as at WordPress.
    private static Task<bool> IsDuplicateAsync(DbSet<Comment> comments, CommentDraft draft, long? parentId, CancellationToken cancellationToken)
    {
        var hash = CommentText.Hash(draft.BodyText);
        return comments.AnyAsync(
            c => c.ArticleId == draft.ArticleId && c.TextHash == hash && c.ParentId == parentId && c.Status != CommentStatus.Trash
                && (c.AuthorName == draft.AuthorName || c.AuthorEmail == draft.AuthorEmail),
            cancellationToken);
    }

    private async Task<Comment> AddAsync(WriteScope scope, CommentDraft draft, Comment? parent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var comment = draft.ToComment(parent, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
        scope.Db.Add(comment);
        var count = await CommentCounts.AddAsync(scope, comment, 1, cancellationToken);
        await scope.Db.SaveChangesAsync(cancellationToken);
        await feeds.AppendAsync(
            scope, FeedNames.OfArticle(draft.ArticleId), FeedEventKind.CommentAdded, comment.Id, comment.CreatedAt, count, cancellationToken);
        return comment;
    }
}
