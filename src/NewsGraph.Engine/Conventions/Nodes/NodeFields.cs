using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Errors;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Engine.Limits;

namespace NewsGraph.Engine.Conventions.Nodes;

/// <summary>The root fields <c>node</c> and <c>nodes</c>.</summary>
/// <param name="sources">Where nodes come from; an id of a type without a source gives null.</param>
public sealed class NodeFields(IEnumerable<INodeSource> sources) : IFieldsOf<QueryType>
{
    private const int MaxIds = 50;

    private readonly Dictionary<string, INodeSource> _sources = sources.ToDictionary(source => source.TypeName);

    /// <inheritdoc/>
    public void AddTo(QueryType type)
    {
        type.Field<NodeInterface>("node")
            .Description("Fetches an object by its id; null when there is none, or none you may see.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The object's id.")
            .Resolve(context => Load(context, context.GetArgument<string>("id")));
        type.Field<NonNullGraphType<ListGraphType<NodeInterface>>>("nodes")
            .Description("Fetches several objects by their ids, in their order; null in place of one there is not.")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("ids", $"The objects' ids, at most {MaxIds}.")
            .Resolve(context => LoadMany(context, context.GetArgument<List<string>>("ids")))
            .FieldType.WithMetadata(CostMetadata.ListSize, new ListSize(MaxIds, RequireOneSlicingArgument: false));
    }

    private IDataLoaderResult<object?>? Load(IResolveFieldContext context, string text)
    {
        if (!GlobalId.TryParse(text, out var id))
        {
            throw GlobalIdArguments.InvalidFormat(text);
        }

        return _sources.TryGetValue(id.TypeName, out var source) && id.TryGetInt64(out var key) ? source.Load(context, key) : null;
    }

    private DeferredResult<List<object?>> LoadMany(IResolveFieldContext context, List<string> ids)
    {
        if (ids.Count > MaxIds)
        {
            throw new RequestError(ErrorMessages.TooManyNodes(ids.Count, MaxIds), ErrorCodes.TooManyNodes);
        }

        var results = ids.Select(id => Load(context, id)).ToList();
        return new DeferredResult<List<object?>>(async cancellationToken =>
        {
            var nodes = new List<object?>(results.Count);
            foreach (var result in results)
            {
                nodes.Add(result is null ? null : await result.GetResultAsync(cancellationToken));
            }

            return nodes;
        });
    }
}
