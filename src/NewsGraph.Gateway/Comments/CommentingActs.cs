using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>Lets readers comment on an article, and tells its feed in the same transaction. Safe for concurrent use.</summary>
public sealed class OpenComments(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <returns>False when there is no such article.</returns>
    public Task<bool> RunAsync(long articleId, CancellationToken cancellationToken) =>
        Commenting.SetAsync(writer, feeds, articleId, open: true, time.GetUtcNow().UtcDateTime, cancellationToken);
}

/// <summary>Ends commenting on an article; what is there stays. Its feed is told in the same transaction. Safe for concurrent use.</summary>
public sealed class CloseComments(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <returns>False when there is no such article.</returns>
    public Task<bool> RunAsync(long articleId, CancellationToken cancellationToken) =>
        Commenting.SetAsync(writer, feeds, articleId, open: false, time.GetUtcNow().UtcDateTime, cancellationToken);
}

file static class Commenting
{
    public static Task<bool> SetAsync(
        INewsWriter writer, FeedLog feeds, long articleId, bool open, DateTime at, CancellationToken cancellationToken) => writer.WriteAsync(
        async (scope, ct) =>
        {
            if (await ArticleChange.BeginAsync(scope, articleId, ct) is not { } change)
            {
                return false;
            }

            change.Article.CommentsOpen = open;
            await change.TellAsync(feeds, at, ct);
            return true;
        },
        cancellationToken);
}
