using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>
/// Makes an article public. The counts of its tags and the events that tell of it are in the same transaction. Safe for
/// concurrent use.
/// </summary>
public sealed class PublishArticle(INewsWriter writer, FeedLog feeds, TimeProvider time)
{
    /// <summary>Publishes; an article that is public already stays as it is.</summary>
    /// <returns>False when there is no such article.</returns>
    public Task<bool> RunAsync(long articleId, CancellationToken cancellationToken) => writer.WriteAsync(
        async (scope, ct) =>
        {
            var change = await ArticleChange.BeginAsync(scope, articleId, ct);
            if (change is not { Article: var article } || article.Status == ArticleStatus.Published)
            {
                return change is not null;
            }

            // One that waited for a date in the future is out now; one that was public keeps its place in the lists.
            var now = time.GetUtcNow().UtcDateTime;
            article.PublishedAt = article.PublishedAt is { } date && date <= now ? date : now;
            article.Status = ArticleStatus.Published;
            await ArticleListing.ChangeAsync(scope, article, 1, ct);
            await change.TellAsync(feeds, now, ct);
            return true;
        },
        cancellationToken);
}
