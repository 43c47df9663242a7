using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

internal static class TagCounts
{
    /// <summary>Keeps the tags' counts of public articles when one comes or goes, and says that what they list has changed.</summary>
    public static Task<int> AddAsync(WriteScope scope, long articleId, int step, CancellationToken cancellationToken)
    {
        var tags = scope.Db.Set<ArticleTag>().Where(link => link.ArticleId == articleId).Select(link => link.TagId);
        return scope.Db.Set<Tag>().Where(t => tags.Contains(t.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(t => t.ArticleCount, t => t.ArticleCount + step).SetProperty(t => t.Revision, t => t.Revision + 1),
                cancellationToken);
    }
}
