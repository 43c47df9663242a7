using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
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
internal sealed class AdjacentArticleLoader(AdjacentArticle wanted, IDbContextFactory<NewsContext> databases, NewsReader reader) : BatchLoader<long, Article>
{
    // Each is one step from the article's place in the index of all public ones by date.
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

    protected override async Task<IReadOnlyDictionary<long, Article>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        var neighbours = wanted.TagId is { } tag
            ? await WithTagAsync(keys, tag, cancellationToken)
            : await reader.ReadAsync(wanted.IsNext ? NextOfAll : PreviousOfAll, keys, cancellationToken: cancellationToken);
        var found = neighbours.Where(n => n.NeighbourId is not null).Select(n => n.NeighbourId!.Value).Distinct().ToList();
        var byId = await ArticleByIdLoader.ReadAsync(reader, found, wanted.Demand, cancellationToken);
        return neighbours
            .Where(n => n.NeighbourId is { } id && byId.ContainsKey(id))
            .ToDictionary(n => n.ArticleId, n => byId[n.NeighbourId!.Value]);
    }

    private async Task<List<Neighbour>> WithTagAsync(IReadOnlyList<long> keys, long tag, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        var candidates = db.Set<Article>().Where(Article.IsPublic)
            .Where(a => db.Set<ArticleTag>().Any(link => link.TagId == tag && link.ArticleId == a.Id));
        var articles = db.Set<Article>().Where(a => keys.Contains(a.Id));
        return await articles.Select(wanted.IsNext ? Next(candidates) : Previous(candidates)).ToListAsync(cancellationToken);
    }

    // Equal times are told apart by id, as in every list; the first condition lets the index start at the article.
    private static Expression<Func<Article, Neighbour>> Next(IQueryable<Article> candidates) => a => new Neighbour
    {
        ArticleId = a.Id,
        NeighbourId = candidates
            .Where(n => n.PublishedAt >= a.PublishedAt && (n.PublishedAt > a.PublishedAt || n.Id > a.Id))
            .OrderBy(n => n.PublishedAt).ThenBy(n => n.Id)
            .Select(n => (long?)n.Id).FirstOrDefault(),
    };

    private static Expression<Func<Article, Neighbour>> Previous(IQueryable<Article> candidates) => a => new Neighbour
    {
        ArticleId = a.Id,
        NeighbourId = candidates
            .Where(n => n.PublishedAt <= a.PublishedAt && (n.PublishedAt < a.PublishedAt || n.Id < a.Id))
            .OrderByDescending(n => n.PublishedAt).ThenByDescending(n => n.Id)
            .Select(n => (long?)n.Id).FirstOrDefault(),
    };

    private sealed class Neighbour
    {
        public long ArticleId { get; init; }

        public long? NeighbourId { get; init; }
    }
}
