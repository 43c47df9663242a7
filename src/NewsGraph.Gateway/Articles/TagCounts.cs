using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

internal static class TagCounts
{
    /// <summary>
    /// Keeps what tags say of a public article that comes or goes: their counts, that what they list has changed, and its
    /// place in their lists.
    /// </summary>
    public static async Task AddAsync(WriteScope scope, Article article, int step, CancellationToken cancellationToken)
    {
        var links = scope.Db.Set<ArticleTag>().Where(link => link.ArticleId == article.Id);
        var listedAt = article.ListedAt;
        await links.ExecuteUpdateAsync(set => set.SetProperty(link => link.ListedAt, listedAt), cancellationToken);

        // Named one by one, so that only what shows one of them is taken from the response cache.
        var tags = await links.Select(link => link.TagId).ToListAsync(cancellationToken);
        using var touching = scope.Changes.Touching<Tag>(tags, nameof(Tag.ArticleCount), nameof(Tag.Revision));
        await scope.Db.Set<Tag>().Where(t => tags.Contains(t.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.ArticleCount, t => t.ArticleCount + step).SetProperty(t => t.Revision, t => t.Revision + 1),
            cancellationToken);
    }
}
