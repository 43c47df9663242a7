using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Articles;

/// <summary>Which neighbour is looked for.</summary>
/// <param name="IsNext">Whether it is the later one.</param>
/// <param name="TagId">The tag both have, or null for any.</param>
/// <param name="Demand">What to read of it.</param>
internal sealed record AdjacentArticle(bool IsNext, long? TagId, Demand Demand);

/// <summary>The neighbours of many articles by publish date: one statement finds them, one reads them.</summary>
internal sealed class AdjacentArticleLoader(AdjacentArticle wanted, NewsReader reader) : BatchLoader<long, Article>
{
    // Equal times are told apart by id, as in every list. Each is one step from the article's place in the index of all public ones by date.
    private static readonly Query<IEnumerable<long>, Neighbour> NextOfAll = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        db.Set<Article>().Where(a => ids.Contains(a.Id)).Select(a => new Neighbour
        {
            ArticleId = a.Id,
            NeighbourId = db.Set<Article>().Where(Article.IsPublic)
                .Where(n => n.PublishedAt >= a.PublishedAt && (n.PublishedAt > a.PublishedAt || n.Id > a.Id))
                .OrderBy(n => n.PublishedAt).ThenBy(n => n.Id)
                .Select(n => (long?)n.Id).FirstOrDefault(),
        }));

    private static readonly Query<IEnumerable<long>, Neighbour> PreviousOfAll = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        db.Set<Article>().Where(a => ids.Contains(a.Id)).Select(a => new Neighbour
        {
            ArticleId = a.Id,
            NeighbourId = db.Set<Article>().Where(Article.IsPublic)
                .Where(n => n.PublishedAt <= a.PublishedAt && (n.PublishedAt < a.PublishedAt || n.Id < a.Id))
                .OrderByDescending(n => n.PublishedAt).ThenByDescending(n => n.Id)
                .Select(n => (long?)n.Id).FirstOrDefault(),
        }));

    // The same in the index of the tag's articles, which holds the date of those that readers can see.
    private static readonly Query<long, IEnumerable<long>, Neighbour> NextOfTag = Query.Of((NewsContext db, long tag, IEnumerable<long> ids) =>
        db.Set<Article>().Where(a => ids.Contains(a.Id)).Select(a => new Neighbour
        {
            ArticleId = a.Id,
            NeighbourId = db.Set<ArticleTag>()
                .Where(n => n.TagId == tag && n.ListedAt >= a.PublishedAt && (n.ListedAt > a.PublishedAt || n.ArticleId > a.Id))
                .OrderBy(n => n.ListedAt).ThenBy(n => n.ArticleId)
                .Select(n => (long?)n.ArticleId).FirstOrDefault(),
        }));

    private static readonly Query<long, IEnumerable<long>, Neighbour> PreviousOfTag = Query.Of((NewsContext db, long tag, IEnumerable<long> ids) =>
        db.Set<Article>().Where(a => ids.Contains(a.Id)).Select(a => new Neighbour
        {
            ArticleId = a.Id,
            NeighbourId = db.Set<ArticleTag>()
                .Where(n => n.TagId == tag && n.ListedAt <= a.PublishedAt && (n.ListedAt < a.PublishedAt || n.ArticleId < a.Id))
                .OrderByDescending(n => n.ListedAt).ThenByDescending(n => n.ArticleId)
                .Select(n => (long?)n.ArticleId).FirstOrDefault(),
        }));

    protected override async Task<IReadOnlyDictionary<long, Article>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        var neighbours = wanted.TagId is { } tag
            ? await reader.ReadAsync(wanted.IsNext ? NextOfTag : PreviousOfTag, tag, keys, cancellationToken)
            : await reader.ReadAsync(wanted.IsNext ? NextOfAll : PreviousOfAll, keys, cancellationToken: cancellationToken);
        var found = neighbours.Where(n => n.NeighbourId is not null).Select(n => n.NeighbourId!.Value).Distinct().ToList();
        var byId = await ArticleByIdLoader.ReadAsync(reader, found, wanted.Demand, cancellationToken);
        return neighbours
            .Where(n => n.NeighbourId is { } id && byId.ContainsKey(id))
            .ToDictionary(n => n.ArticleId, n => byId[n.NeighbourId!.Value]);
    }

    private sealed class Neighbour
    {
        public long ArticleId { get; init; }

        public long? NeighbourId { get; init; }
    }
}
