using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

internal static class ArticleListing
{
    /// <summary>
    /// Keeps what is kept of a public article that comes or goes: its place in the lists of its tags and authors, the
    /// tags' counts, that what the tags list has changed, and the number of all. The article's row is taken.
    /// </summary>
    /// <param name="scope">The act, which has changed the article.</param>
    /// <param name="article">The article.</param>
    /// <param name="step">1 when it comes, -1 when it goes.</param>
    /// <param name="cancellationToken">The act's own token.</param>
    public static async Task ChangeAsync(WriteScope scope, Article article, int step, CancellationToken cancellationToken)
    {
        // Changed row by row, so that only what shows one of them is taken from the response cache.
        var tagLinks = await scope.Db.Set<ArticleTag>().Where(link => link.ArticleId == article.Id).ToListAsync(cancellationToken);
        tagLinks.ForEach(link => link.ListedAt = article.ListedAt);
        await scope.Db.Set<ArticleAuthor>().Where(link => link.ArticleId == article.Id).ForEachAsync(link => link.ListedAt = article.ListedAt, cancellationToken);
        await scope.Db.SaveChangesAsync(cancellationToken);

        var tags = tagLinks.ConvertAll(link => link.TagId);
        using var touching = scope.Changes.Touching<Tag>(tags, nameof(Tag.ArticleCount), nameof(Tag.Revision));
        await scope.Db.Set<Tag>().Where(t => tags.Contains(t.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.ArticleCount, t => t.ArticleCount + step).SetProperty(t => t.Revision, t => t.Revision + 1),
            cancellationToken);
        await ArticleTotals.AddAsync(scope, step, cancellationToken);
    }
}
