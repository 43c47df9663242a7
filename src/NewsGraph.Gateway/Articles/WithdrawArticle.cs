using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>
/// Takes an article from readers; nothing of it is deleted. The counts of its tags and the events that tell of it are in
/// the same transaction. Safe for concurrent use.
/// </summary>
public sealed class WithdrawArticle(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <summary>Withdraws; one that readers do not see is only moved.</summary>
    /// <param name="articleId">The article.</param>
    /// <param name="status">Where it goes; anything but <see cref="ArticleStatus.Published"/>.</param>
    /// <param name="cancellationToken">Withdraws the act before it begins.</param>
    /// <returns>False when there is no such article.</returns>
    public Task<bool> RunAsync(long articleId, ArticleStatus status, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(status, ArticleStatus.Published);
        return writer.WriteAsync(
            async (scope, ct) =>
            {
                if (await ArticleChange.BeginAsync(scope, articleId, ct) is not { } change)
                {
                    return false;
                }

                var wasPublic = change.Article.Status == ArticleStatus.Published;
                change.Article.Status = status;
                if (wasPublic)
                {
                    await ArticleListing.ChangeAsync(scope, change.Article, -1, ct);
                }

                await change.TellAsync(feeds, time.GetUtcNow().UtcDateTime, ct);
                return true;
            },
            cancellationToken);
    }
}
