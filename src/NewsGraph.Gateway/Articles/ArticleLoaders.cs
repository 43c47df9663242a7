using System.Linq.Expressions;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary>Public articles by id.</summary>
internal sealed class ArticleByIdLoader(Demand demand, NewsReader reader) : BatchLoader<long, Article>
{
    // What is not public is left out afterwards: asked for the status too, SQLite without statistics reads all public
    // articles by an index of theirs to find the few with these keys.
    private static readonly Query<IEnumerable<long>, Article> ById =
        Query.Of((NewsContext db, IEnumerable<long> ids) => db.Set<Article>().Where(a => ids.Contains(a.Id)))
            .Narrowed((ids, _) => Part.Of<Article>(a => a.Id, ids));

    /// <summary>The articles with these ids that readers can see.</summary>
    public static async Task<Dictionary<long, Article>> ReadAsync(
        NewsReader reader, IReadOnlyCollection<long> ids, Demand demand, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(ById, ids, demand, cancellationToken)).Where(a => a.Status == ArticleStatus.Published).ToDictionary(a => a.Id);

    protected override async Task<IReadOnlyDictionary<long, Article>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        await ReadAsync(reader, keys, demand, cancellationToken);
}

/// <summary>Articles for <c>node(id:)</c>.</summary>
internal sealed class ArticleNodes : INodeSource
{
    public string TypeName => ArticleType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<ArticleByIdLoader, Demand>(SelectedDemand<Article>.Of(context)).LoadAsync(key).Then(article => (object?)article);
}

/// <summary>The authors of many articles.</summary>
internal sealed class ArticleAuthorsLoader(NewsReader reader) : CollectionBatchLoader<long, Author>
{
    private static readonly Query<IEnumerable<long>, PlacedRow<Author>> OfArticles = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        from link in db.Set<ArticleAuthor>()
        where ids.Contains(link.ArticleId)
        join author in db.Set<Author>() on link.AuthorId equals author.Id
        select new PlacedRow<Author> { ParentId = link.ArticleId, Position = link.Position, Node = author })
        .Narrowed((ids, rows) => Part.Of<ArticleAuthor>(link => link.ArticleId, ids).And(Part.Of<Author>(a => a.Id, rows.Select(row => row.Node.Id))));

    protected override async Task<IEnumerable<KeyValuePair<long, Author>>> LoadItemsAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        PlacedRows.InOrder(await reader.ReadAsync(OfArticles, keys, cancellationToken: cancellationToken), node => node.Id);
}

/// <summary>The tags of many articles.</summary>
internal sealed class ArticleTagsLoader(NewsReader reader) : CollectionBatchLoader<long, Tag>
{
    private static readonly Query<IEnumerable<long>, PlacedRow<Tag>> OfArticles = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        from link in db.Set<ArticleTag>()
        where ids.Contains(link.ArticleId)
        join tag in db.Set<Tag>() on link.TagId equals tag.Id
        select new PlacedRow<Tag> { ParentId = link.ArticleId, Position = link.Position, Node = tag })
        .Narrowed((ids, rows) => Part.Of<ArticleTag>(link => link.ArticleId, ids).And(Part.Of<Tag>(t => t.Id, rows.Select(row => row.Node.Id))));

    protected override async Task<IEnumerable<KeyValuePair<long, Tag>>> LoadItemsAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        PlacedRows.InOrder(await reader.ReadAsync(OfArticles, keys, cancellationToken: cancellationToken), node => node.Id);
}

/// <summary>Which neighbour is looked for.</summary>
/// <param name="IsNext">Whether it is the later one.</param>
/// <param name="TagId">The tag both have, or null for any.</param>
/// <param name="Demand">What to read of it.</param>
internal sealed record AdjacentArticle(bool IsNext, long? TagId, Demand Demand);

/// <summary>The neighbours of many articles by publish date: one statement finds them, one reads them.</summary>
internal sealed class AdjacentArticleLoader(AdjacentArticle wanted, IDbContextFactory<NewsContext> databases, NewsReader reader) : BatchLoader<long, Article>
{
    protected override async Task<IReadOnlyDictionary<long, Article>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        var candidates = db.Set<Article>().Where(Article.IsPublic);
        if (wanted.TagId is { } tag)
        {
            candidates = candidates.Where(a => db.Set<ArticleTag>().Any(link => link.TagId == tag && link.ArticleId == a.Id));
        }

        var articles = db.Set<Article>().Where(a => keys.Contains(a.Id));
        var neighbours = await articles.Select(wanted.IsNext ? Next(candidates) : Previous(candidates)).ToListAsync(cancellationToken);
        var found = neighbours.Where(n => n.NeighbourId is not null).Select(n => n.NeighbourId!.Value).Distinct().ToList();
        var byId = await ArticleByIdLoader.ReadAsync(reader, found, wanted.Demand, cancellationToken);
        return neighbours
            .Where(n => n.NeighbourId is { } id && byId.ContainsKey(id))
            .ToDictionary(n => n.ArticleId, n => byId[n.NeighbourId!.Value]);
    }

    // Equal times are told apart by id, as in every list; the first condition lets the index start at the article.
    private static Expression<Func<Article, Neighbour>> Next(IQueryable<Article> candidates) => a => new Neighbour(
        a.Id,
        candidates
            .Where(n => n.PublishedAt >= a.PublishedAt && (n.PublishedAt > a.PublishedAt || n.Id > a.Id))
            .OrderBy(n => n.PublishedAt).ThenBy(n => n.Id)
            .Select(n => (long?)n.Id).FirstOrDefault());

    private static Expression<Func<Article, Neighbour>> Previous(IQueryable<Article> candidates) => a => new Neighbour(
        a.Id,
        candidates
            .Where(n => n.PublishedAt <= a.PublishedAt && (n.PublishedAt < a.PublishedAt || n.Id < a.Id))
            .OrderByDescending(n => n.PublishedAt).ThenByDescending(n => n.Id)
            .Select(n => (long?)n.Id).FirstOrDefault());

    private sealed record Neighbour(long ArticleId, long? NeighbourId);
}
