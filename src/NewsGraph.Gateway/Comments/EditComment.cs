using Microsoft.Extensions.Options;
using NewsGraph.Engine.Conventions.Mutations;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>What became of an edit: the comment, or what is wrong.</summary>
/// <param name="Comment">The comment as it is now; null when there are errors.</param>
/// <param name="Errors">The errors; empty when there is a comment.</param>
public sealed record EditCommentOutcome(Comment? Comment, IReadOnlyList<IUserError> Errors);

/// <summary>
/// Gives a comment another text, by the rules for posting one, and tells the feed in the same transaction. Safe for
/// concurrent use.
/// </summary>
public sealed class EditComment(INewsWriter writer, FeedLog feeds, IOptions<CommentOptions> options, TimeProvider time)
{
    /// <summary>Checks and stores the text; the same text again changes nothing.</summary>
    public Task<EditCommentOutcome> RunAsync(long commentId, string body, CancellationToken cancellationToken)
    {
        var text = CommentBody.Of(body, options.Value);
        return text.Error is { } error
            ? Task.FromResult(new EditCommentOutcome(null, [error]))
            : writer.WriteAsync((scope, ct) => StoreAsync(scope, commentId, text, ct), cancellationToken);
    }

    private async Task<EditCommentOutcome> StoreAsync(WriteScope scope, long commentId, CommentBody text, CancellationToken cancellationToken)
    {
        if (await CommentChange.BeginAsync(scope, commentId, cancellationToken) is not { Comment: var comment } change)
        {
            return new EditCommentOutcome(null, [new CommentNotFoundError()]);
        }

        if (comment.Body != text.Html)
        {
            var now = time.GetUtcNow().UtcDateTime;
            (comment.Body, comment.BodyText, comment.TextHash) = (text.Html, text.Text, CommentText.Hash(text.Text));
            comment.EditedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
            await change.TellEditedAsync(feeds, now, cancellationToken);
        }

        return new EditCommentOutcome(comment, []);
    }
}
