using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>
/// Hides a comment from readers. It is kept, so that it can come back (<see cref="RestoreComment"/>); what answers it stays
/// in sight and begins threads. Counts and event are in the same transaction. Safe for concurrent use.
/// </summary>
public sealed class RemoveComment(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <summary>Hides; one that is hidden already is only moved.</summary>
    /// <param name="commentId">The comment.</param>
    /// <param name="status">Where it goes; anything but <see cref="CommentStatus.Approved"/>.</param>
    /// <param name="cancellationToken">Withdraws the act before it begins.</param>
    /// <returns>False when there is no such comment.</returns>
    public Task<bool> RunAsync(long commentId, CommentStatus status, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(status, CommentStatus.Approved);
        return writer.WriteAsync(
            async (scope, ct) =>
            {
                if (await CommentChange.BeginAsync(scope, commentId, ct) is not { } change)
                {
                    return false;
                }

                await change.MoveAsync(feeds, status, time.GetUtcNow().UtcDateTime, ct);
                return true;
            },
            cancellationToken);
    }
}
