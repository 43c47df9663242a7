using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// Finds the public articles related to each of many articles. One statement reads their tags; what carries these tags
/// is mostly known. Safe for concurrent use.
/// </summary>
internal sealed class FindRelatedPosts(NewsReader reader, NewestOfTags newest)
{
    private static readonly Query<IEnumerable<long>, TagOfArticle> TagsOfArticles = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        from link in db.Set<ArticleTag>()
        where ids.Contains(link.ArticleId)
        join tag in db.Set<Tag>() on link.TagId equals tag.Id
        select new TagOfArticle { ArticleId = link.ArticleId, TagId = tag.Id, Name = tag.Name, ArticleCount = tag.ArticleCount, Revision = tag.Revision });

    /// <summary>The related posts of each article, best first; an article without any has an empty list.</summary>
    /// <param name="articleIds">The articles.</param>
    /// <param name="limit">How many for each at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Dictionary<long, List<RelatedPost>>> RunAsync(
        IReadOnlyCollection<long> articleIds, int limit, CancellationToken cancellationToken)
    {
        var tags = await reader.ReadAsync(TagsOfArticles, articleIds, cancellationToken: cancellationToken);
        var revisions = new Dictionary<long, long>(tags.Count);
        foreach (var tag in tags)
        {
            revisions[tag.TagId] = tag.Revision;
        }

        var articles = await newest.FindAsync(revisions, cancellationToken);
        var carried = new Dictionary<long, List<CarriedTag>>(articleIds.Count);
        foreach (var id in articleIds)
        {
            carried.TryAdd(id, []);
        }

        foreach (var tag in tags)
        {
            carried[tag.ArticleId].Add(new CarriedTag(tag.Name, tag.ArticleCount, articles[tag.TagId]));
        }

        return carried.ToDictionary(article => article.Key, article => SharedTagRanking.Rank(article.Key, article.Value, limit));
    }

    private sealed class TagOfArticle
    {
        public long ArticleId { get; init; }

        public long TagId { get; init; }

        public required string Name { get; init; }

        public int ArticleCount { get; init; }

        public long Revision { get; init; }
    }
}
