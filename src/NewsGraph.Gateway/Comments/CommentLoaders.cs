using GraphQL;
using GraphQL.DataLoader;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Comments;

/// <summary>Comments by id, as far as readers can see them.</summary>
internal sealed class CommentByIdLoader(Demand demand, NewsReader reader) : BatchLoader<long, Comment>
{
    private static readonly Query<IEnumerable<long>, Comment> ById =
        Query.Of((NewsContext db, IEnumerable<long> ids) => db.ReadableComments().Where(c => ids.Contains(c.Id)));

    protected override async Task<IReadOnlyDictionary<long, Comment>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(ById, keys, demand, cancellationToken)).ToDictionary(c => c.Id);
}

/// <summary>Where articles' feeds stand, by the articles' ids.</summary>
internal sealed class CommentFeedPositionLoader(FeedLog log, FeedContents contents) : BatchLoader<long, string>
{
    /// <summary>Reads the positions of articles now, so that what is read later is newer.</summary>
    public Task ReadAsync(IReadOnlyList<long> articles, CancellationToken cancellationToken) => LoadManyAsync(articles).GetResultAsync(cancellationToken);

    protected override async Task<IReadOnlyDictionary<long, string>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        var feeds = keys.ToDictionary(id => id, FeedNames.OfArticle);
        var numbers = await log.LastNumbersAsync(feeds.Values, cancellationToken);
        return keys.ToDictionary(id => id, id => contents.PositionOf(feeds[id], numbers.GetValueOrDefault(feeds[id])).ToString());
    }
}

/// <summary>Comments for <c>node(id:)</c>.</summary>
internal sealed class CommentNodes : INodeSource
{
    public string TypeName => CommentType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<CommentByIdLoader, Demand>(SelectedDemand<Comment>.Of(context)).LoadAsync(key).Then(comment => (object?)comment);
}
