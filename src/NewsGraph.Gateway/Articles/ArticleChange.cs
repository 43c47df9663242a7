using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>The change of one article within an act: its row is taken first, its feeds are told last.</summary>
internal sealed class ArticleChange
{
    private readonly WriteScope _scope;
    private readonly ArticleState _before;

    private ArticleChange(WriteScope scope, Article article) => (_scope, Article, _before) = (scope, article, ArticleState.Of(article));

    /// <summary>The article, to be changed.</summary>
    public Article Article { get; }

    /// <summary>Takes the article's row and reads it; null when there is none.</summary>
    public static async Task<ArticleChange?> BeginAsync(WriteScope scope, long articleId, CancellationToken cancellationToken)
    {
        await scope.TakeArticlesAsync([articleId], cancellationToken);
        return await scope.Db.Set<Article>().SingleOrDefaultAsync(a => a.Id == articleId, cancellationToken) is { } article
            ? new ArticleChange(scope, article)
            : null;
    }

    /// <summary>Writes the article and tells the feeds what is different for readers.</summary>
    public async Task TellAsync(FeedLog feeds, DateTime at, CancellationToken cancellationToken)
    {
        await _scope.Db.SaveChangesAsync(cancellationToken);
        if (_before.Commenting(Article, Article.CommentCount) is { } commenting)
        {
            await feeds.AppendAsync(_scope, FeedNames.OfArticle(Article.Id), [commenting], at, cancellationToken);
        }

        if (_before.Publication(Article, changed: false) is { } publication)
        {
            await feeds.AppendAsync(_scope, FeedNames.Articles, [publication], at, cancellationToken);
        }
    }
}

internal static class ArticleRows
{
    /// <summary>
    /// Takes articles' rows: whoever else changes one of them or its comments waits until this act is over, and what the
    /// act reads from here on stays true. Acts take rows in one order, so that none waits for another in a circle: the
    /// articles, their comments, the tags, the totals, the articles' feeds, the feed of all articles.
    /// </summary>
    public static Task TakeArticlesAsync(this WriteScope scope, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        scope.LockAsync<Article>(ids, cancellationToken);
}
