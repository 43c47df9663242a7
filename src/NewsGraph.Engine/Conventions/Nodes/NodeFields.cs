using System.Collections;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using GraphQLParser;
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
            .Resolve(context => Load(context, GlobalIdArguments.AsText(context.Arguments!["id"].Value)!));
        type.Field<NonNullGraphType<ListGraphType<NodeInterface>>>("nodes")
            .Description("Fetches several objects by their ids, in their order; null in place of one there is not.")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("ids", $"The objects' ids, at most {MaxIds}.")
            .Resolve(LoadMany)
            .FieldType.WithMetadata(CostMetadata.ListSize, new ListSize(MaxIds, RequireOneSlicingArgument: false));
    }

    private IDataLoaderResult<object?>? Load(IResolveFieldContext context, string text)
    {
        if (!GlobalId.TryParse(text, out var id))
        {
            throw GlobalIdArguments.InvalidFormat(text);
        }

        if (!_sources.TryGetValue(id.TypeName, out var source))
        {
            return null;
        }

        return id.TryGetInt64(out var key) ? source.Load(context, key) : throw GlobalIdArguments.InvalidFormat(text);
    }

    private DeferredResult<List<object?>> LoadMany(IResolveFieldContext context)
    {
        var ids = ((IEnumerable)context.Arguments!["ids"].Value!).Cast<object>().Select(id => GlobalIdArguments.AsText(id)!).ToList();
        if (ids.Count > MaxIds)
        {
            throw new RequestError(ErrorMessages.TooManyNodes(ids.Count, MaxIds), ErrorCodes.TooManyNodes);
        }

        // All are asked for before any is awaited, so that the loaders see them as one batch.
        var results = ids.Select((id, index) => LoadOne(context, id, index)).ToList();
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

    /// <summary>One bad id costs its own place in the list, not the others'.</summary>
    private IDataLoaderResult<object?>? LoadOne(IResolveFieldContext context, string text, int index)
    {
        try
        {
            return Load(context, text);
        }
        catch (RequestError error)
        {
            error.Path = [.. context.ResponsePath, index];
            error.AddLocation(Location.FromLinearPosition(context.Document.Source, context.FieldAst.Location.Start));
            lock (context.Errors)
            {
                context.Errors.Add(error);
            }

            return null;
        }
    }
}
