using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Related;

/// <summary>How far the finding of related posts is.</summary>
/// <param name="Done">Articles looked at.</param>
/// <param name="Total">Articles there are.</param>
public sealed record RelatedProgress(int Done, int Total);

/// <summary>
/// Finds and stores what is related to every public article, so that after an import no reader is the first. It may be
/// left out or cut off: what is missing is found when it is asked for.
/// </summary>
internal sealed class PrepareRelatedPosts(IDbContextFactory<NewsContext> databases, FindRelatedPosts find, StoredRelatedPosts stored)
{
    private const int BatchSize = 500;

    /// <summary>Runs over all public articles; those whose list holds are left as they are.</summary>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="cancellationToken">Ends it; what is stored by then stays.</param>
    /// <returns>How many lists were found.</returns>
    public async Task<int> RunAsync(IProgress<RelatedProgress>? progress, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        var articles = db.Set<Article>().Where(Article.IsPublic);
        var total = await articles.CountAsync(cancellationToken);
        var (done, found, last) = (0, 0, long.MinValue);
        while (await articles.Where(a => a.Id > last).OrderBy(a => a.Id).Select(a => a.Id).Take(BatchSize).ToListAsync(cancellationToken) is { Count: > 0 } ids)
        {
            var missing = await find.FindMissingAsync(ids, cancellationToken);
            if (missing.Count > 0)
            {
                await stored.StoreAsync((await find.RankAsync(missing, 0, cancellationToken)).Select(ranked => ranked.List), cancellationToken);
            }

            last = ids[^1];
            (done, found) = (done + ids.Count, found + missing.Count);
            progress?.Report(new RelatedProgress(done, total));
        }

        return found;
    }
}
