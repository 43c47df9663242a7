using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// Finds the public articles related to each of many articles. One statement reads the lists that are stored, and what
/// they must have been made of to hold; the others are ranked, and stored for the next reader. Safe for concurrent use.
/// </summary>
internal sealed class FindRelatedPosts(NewsReader reader, NewestOfTags newest, StoredRelatedPosts stored)
{
    private static readonly Query<IEnumerable<long>, StoredList> ListsOfArticles = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        from article in db.Set<Article>()
        where ids.Contains(article.Id)
        join list in db.Set<RelatedList>() on article.Id equals list.ArticleId into lists
        from list in lists.DefaultIfEmpty()
        select new StoredList
        {
            ArticleId = article.Id,
            Basis = list.Basis,
            Posts = list.Posts,
            Now = db.Set<ArticleTag>()
                .Where(link => link.ArticleId == article.Id)
                .Join(db.Set<Tag>(), link => link.TagId, tag => tag.Id, (link, tag) => tag)
                .Sum(RelatedBasis.OfTag),
        });

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
        var found = new Dictionary<long, List<RelatedPost>>(articleIds.Count);
        foreach (var list in await reader.ReadAsync(ListsOfArticles, articleIds, cancellationToken: cancellationToken))
        {
            var posts = list.Basis == list.Now ? list.Posts : stored.Find(list.ArticleId, list.Now)?.Posts;
            if (posts is not null && RelatedListBytes.Read(posts, limit) is { } read)
            {
                found.Add(list.ArticleId, read);
            }
        }

        List<long> missing = [.. articleIds.Where(id => !found.ContainsKey(id)).Distinct()];

        if (missing.Count > 0)
        {
            foreach (var ranked in await RankAsync(missing, limit, cancellationToken))
            {
                found.Add(ranked.List.ArticleId, ranked.Posts);
                stored.Add(ranked.List);
            }
        }

        return found;
    }

    /// <summary>Which of some articles' lists are missing or out of date.</summary>
    public async Task<List<long>> FindMissingAsync(IReadOnlyCollection<long> articleIds, CancellationToken cancellationToken) =>
        [.. (await reader.ReadAsync(ListsOfArticles, articleIds, cancellationToken: cancellationToken)).Where(l => l.Posts is null || l.Basis != l.Now).Select(l => l.ArticleId)];

    /// <summary>Ranks anew: of each article the list to store, and as many posts as are asked for.</summary>
    public async Task<List<RankedPosts>> RankAsync(
        IReadOnlyCollection<long> articleIds, int limit, CancellationToken cancellationToken)
    {
        var tags = await reader.ReadAsync(TagsOfArticles, articleIds, cancellationToken: cancellationToken);
        var revisions = new Dictionary<long, long>(tags.Count);
        foreach (var tag in tags)
        {
            revisions[tag.TagId] = tag.Revision;
        }

        var articles = await newest.FindAsync(revisions, cancellationToken);
        var ofArticles = tags.ToLookup(tag => tag.ArticleId);
        var ranked = new List<RankedPosts>(articleIds.Count);
        foreach (var id in articleIds)
        {
            var carried = SharedTagRanking.InOrder([.. ofArticles[id].Select(tag => new CarriedTag(tag.Name, tag.ArticleCount, articles[tag.TagId]))]);
            var posts = SharedTagRanking.Rank(id, carried, Math.Max(limit, RelatedList.Kept));
            var kept = posts.Count <= RelatedList.Kept ? posts : posts[..RelatedList.Kept];
            ranked.Add(new RankedPosts(
                posts.Count <= limit ? posts : posts[..limit],
                new RelatedList
                {
                    ArticleId = id,
                    Basis = ofArticles[id].Sum(tag => RelatedBasis.Of(tag.TagId, tag.Revision)),
                    Posts = RelatedListBytes.Write(kept, [.. carried.Select(tag => tag.Name)]),
                }));
        }

        return ranked;
    }

    private sealed class StoredList
    {
        public long ArticleId { get; init; }

        /// <summary>What the list was made of, null without one.</summary>
        public long? Basis { get; init; }

        public byte[]? Posts { get; init; }

        /// <summary>What one made now would be made of.</summary>
        public long Now { get; init; }
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

/// <summary>An article's related posts, ranked anew.</summary>
/// <param name="Posts">As many as were asked for.</param>
/// <param name="List">What is kept of them.</param>
internal sealed record RankedPosts(List<RelatedPost> Posts, RelatedList List);
