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
internal sealed class ArticleAuthorsLoader(NewsReader reader) : BatchLoader<long, IReadOnlyList<Author>>
{
    private static readonly Query<IEnumerable<long>, PlacedRow<Author>> OfArticles = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        from link in db.Set<ArticleAuthor>()
        where ids.Contains(link.ArticleId)
        join author in db.Set<Author>() on link.AuthorId equals author.Id
        select new PlacedRow<Author> { ParentId = link.ArticleId, Position = link.Position, Node = author })
        .Narrowed((ids, rows) => Part.Of<ArticleAuthor>(link => link.ArticleId, ids).And(Part.Of<Author>(a => a.Id, rows.Select(row => row.Node.Id))));

    private static readonly Comparison<PlacedRow<Author>> InOrder = PlacedRows.InOrder<Author>(node => node.Id);

    protected override IReadOnlyList<Author> Missing(long key) => [];

    protected override async Task<IReadOnlyDictionary<long, IReadOnlyList<Author>>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        PlacedRows.ToLists(await reader.ReadAsync(OfArticles, keys, cancellationToken: cancellationToken), keys.Count, InOrder);
}

/// <summary>The tags of many articles.</summary>
internal sealed class ArticleTagsLoader(NewsReader reader) : BatchLoader<long, IReadOnlyList<Tag>>
{
    private static readonly Query<IEnumerable<long>, PlacedRow<Tag>> OfArticles = Query.Of((NewsContext db, IEnumerable<long> ids) =>
        from link in db.Set<ArticleTag>()
        where ids.Contains(link.ArticleId)
        join tag in db.Set<Tag>() on link.TagId equals tag.Id
        select new PlacedRow<Tag> { ParentId = link.ArticleId, Position = link.Position, Node = tag })
        .Narrowed((ids, rows) => Part.Of<ArticleTag>(link => link.ArticleId, ids).And(Part.Of<Tag>(t => t.Id, rows.Select(row => row.Node.Id))));

    private static readonly Comparison<PlacedRow<Tag>> InOrder = PlacedRows.InOrder<Tag>(node => node.Id);

    protected override IReadOnlyList<Tag> Missing(long key) => [];

    protected override async Task<IReadOnlyDictionary<long, IReadOnlyList<Tag>>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        PlacedRows.ToLists(await reader.ReadAsync(OfArticles, keys, cancellationToken: cancellationToken), keys.Count, InOrder);
}
