using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>Comments by id, as far as readers can see them.</summary>
internal sealed class CommentByIdLoader(IDbContextFactory<NewsContext> databases) : BatchLoader<long, Comment>
{
    protected override async Task<IReadOnlyDictionary<long, Comment>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        await using var db = databases.CreateDbContext();
        return await db.ReadableComments().Where(c => keys.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
    }
}

/// <summary>Comments for <c>node(id:)</c>.</summary>
internal sealed class CommentNodes : INodeSource
{
    public string TypeName => CommentType.TypeName;

    public IDataLoaderResult<object?> Load(IResolveFieldContext context, long key) =>
        context.Loader<CommentByIdLoader>().LoadAsync(key).Then(comment => (object?)comment);
}
