using GraphQL;
using GraphQL.DataLoader;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Execution.Loading;
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

/// <summary>Comments for <c>node(id:)</c>.</summary>
internal sealed class CommentNodes : INodeSource
{
    public string TypeName => CommentType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<CommentByIdLoader, Demand>(SelectedDemand<Comment>.Of(context)).LoadAsync(key).Then(comment => (object?)comment);
}
