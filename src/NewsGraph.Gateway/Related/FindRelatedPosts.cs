using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// Finds the public articles related to each of many articles with two statements, however many there are.
/// Safe for concurrent use.
/// </summary>
public sealed class FindRelatedPosts(IDbContextFactory<NewsContext> databases)
{
    /// <summary>
    /// Of a popular tag only the newest articles are looked at, which bounds the work. The price: an older article that
    /// shares nothing but popular tags can be missed, even when it shares several.
    /// </summary>
    private const int CandidatesPerTag = 500;

    /// <summary>The related posts of each article, best first; an article without any has an empty list.</summary>
    /// <param name="articleIds">The articles.</param>
    /// <param name="limit">How many for each at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Dictionary<long, List<RelatedPost>>> RunAsync(
        IReadOnlyCollection<long> articleIds, int limit, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        var carried = await db.Set<ArticleTag>()
            .Where(t => articleIds.Contains(t.ArticleId))
            .Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (link, tag) => new { link.ArticleId, tag.Id, tag.Name, tag.ArticleCount })
            .ToListAsync(cancellationToken);

        var tagIds = carried.Select(t => t.Id).Distinct().ToList();
        var articles = db.Set<Article>().Where(Article.IsPublic);

        // The tags are named inside as well, so the database numbers the articles of these tags and of no other.
        var candidates = await db.Set<Tag>()
            .Where(t => tagIds.Contains(t.Id))
            .SelectMany(t => db.Set<ArticleTag>()
                .Where(link => tagIds.Contains(link.TagId) && link.TagId == t.Id)
                .Join(articles, link => link.ArticleId, a => a.Id, (link, a) => new { link.TagId, link.ArticleId, a.PublishedAt })
                .OrderByDescending(c => c.PublishedAt)
                .ThenByDescending(c => c.ArticleId)
                .Take(CandidatesPerTag))
            .ToListAsync(cancellationToken);

        var byTag = candidates
            .Select(c => new SharedTagRanking.Candidate(c.TagId, c.ArticleId, c.PublishedAt))
            .ToLookup(c => c.TagId);
        var tagsOf = carried.ToLookup(t => t.ArticleId, t => new SharedTagRanking.WeighedTag(t.Id, t.Name, t.ArticleCount));
        return articleIds.Distinct().ToDictionary(id => id, id => SharedTagRanking.Rank(id, tagsOf[id], byTag, limit));
    }
}
