using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>
/// Shows a hidden comment to readers, whether it was removed or waited for approval. The feed tells it as a comment that
/// was added: whoever removed it from a list puts it back the same way as a new one, and its answers under it. Counts and
/// event are in the same transaction. Safe for concurrent use.
/// </summary>
public sealed class RestoreComment(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <summary>Shows it; one that is in sight stays as it is.</summary>
    /// <returns>False when there is no such comment.</returns>
    public Task<bool> RunAsync(long commentId, CancellationToken cancellationToken) => writer.WriteAsync(
        async (scope, ct) =>
        {
            if (await CommentChange.BeginAsync(scope, commentId, ct) is not { } change)
            {
                return false;
            }

            await change.MoveAsync(feeds, CommentStatus.Approved, time.GetUtcNow().UtcDateTime, ct);
            return true;
        },
        cancellationToken);
}
