using System.Linq.Expressions;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary>Public articles by id.</summary>
internal sealed class ArticleByIdLoader(IDbContextFactory<NewsContext> databases) : BatchLoader<long, Article>
{
    protected override async Task<IReadOnlyDictionary<long, Article>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<Article>().Where(Article.IsPublic).Where(a => keys.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
    }
}

/// <summary>Articles for <c>node(id:)</c>.</summary>
internal sealed class ArticleNodes : INodeSource
{
    public string TypeName => ArticleType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<ArticleByIdLoader>().LoadAsync(key).Then(article => (object?)article);
}

/// <summary>The authors of many articles.</summary>
internal sealed class ArticleAuthorsLoader(IDbContextFactory<NewsContext> databases) : CollectionBatchLoader<long, Author>
{
    protected override async Task<IEnumerable<KeyValuePair<long, Author>>> LoadItemsAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<ArticleAuthor>()
            .Where(link => keys.Contains(link.ArticleId))
            .OrderBy(link => link.Position)
            .Join(db.Set<Author>(), link => link.AuthorId, author => author.Id, (link, author) => new KeyValuePair<long, Author>(link.ArticleId, author))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>The tags of many articles.</summary>
internal sealed class ArticleTagsLoader(IDbContextFactory<NewsContext> databases) : CollectionBatchLoader<long, Tag>
{
    protected override async Task<IEnumerable<KeyValuePair<long, Tag>>> LoadItemsAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<ArticleTag>()
            .Where(link => keys.Contains(link.ArticleId))
            .OrderBy(link => link.Position)
            .Join(db.Set<Tag>(), link => link.TagId, tag => tag.Id, (link, tag) => new KeyValuePair<long, Tag>(link.ArticleId, tag))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Which neighbour is looked for.</summary>
/// <param name="IsNext">Whether it is the later one.</param>
/// <param name="TagId">The tag both have, or null for any.</param>
internal sealed record AdjacentArticle(bool IsNext, long? TagId);

/// <summary>The neighbours of many articles by publish date: one statement finds them, one reads them.</summary>
internal sealed class AdjacentArticleLoader(AdjacentArticle wanted, IDbContextFactory<NewsContext> databases) : BatchLoader<long, Article>
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
        var byId = await db.Set<Article>().Where(a => found.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
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
