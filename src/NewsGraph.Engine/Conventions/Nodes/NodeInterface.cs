using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace NewsGraph.Engine.Conventions.Nodes;

/// <summary><c>interface Node { id: ID! }</c>.</summary>
public sealed class NodeInterface : InterfaceGraphType
{
    /// <summary>Creates the type.</summary>
    public NodeInterface()
    {
        Name = "Node";
        Description = "An object that can be fetched again by its id.";
        Field<NonNullGraphType<IdGraphType>>("id").Description(NodeTypes.IdDescription);
    }
}

/// <summary>Finds the nodes of one type.</summary>
public interface INodeSource
{
    /// <summary>The GraphQL type.</summary>
    string TypeName { get; }

    /// <summary>Asks for a node the caller may see; null when there is none.</summary>
    /// <param name="context">The field's context.</param>
    /// <param name="key">The node's key.</param>
    IDataLoaderResult<object?> Load(GraphQL.IResolveFieldContext context, long key);
}

/// <summary>Makes object types nodes.</summary>
public static class NodeTypes
{
    internal const string IdDescription = "Identifies the object among all objects of the graph. Opaque.";

    /// <summary>Adds <c>id</c> and the interface <c>Node</c> to a type that has its name.</summary>
    /// <param name="type">The type.</param>
    /// <param name="key">The object's key.</param>
    public static void IsNode<T>(this ObjectGraphType<T> type, Func<T, long> key)
    {
        var name = type.Name;
        type.Interface<NodeInterface>();
        type.Field<NonNullGraphType<IdGraphType>>("id")
            .Description(IdDescription)
            .Resolve(new NodeIdField<T>(name, key));
    }

    /// <summary>Registers a source of nodes for the root fields <c>node</c> and <c>nodes</c>.</summary>
    /// <typeparam name="TSource">The source.</typeparam>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddNodes<TSource>(this IServiceCollection services)
        where TSource : class, INodeSource =>
        services.AddSingleton<INodeSource, TSource>();
}
