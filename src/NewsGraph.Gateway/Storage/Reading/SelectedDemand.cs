using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GraphQL;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution.Loading;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// The demand of a field's selection: the properties read on demand whose field is selected. A hint; a resolver that
/// finds its property unread has it read.
/// </summary>
/// <typeparam name="T">The entity.</typeparam>
internal static class SelectedDemand<T>
{
    // What stands between a field and its entities: a connection's parts, or an object around one.
    private static readonly FrozenSet<string> Through = FrozenSet.ToFrozenSet(["nodes", "edges", "node", "article", "comment"]);

    private static readonly (string Property, string Field)[] OnDemand =
        [.. from property in typeof(T).GetProperties()
            let onDemand = property.GetCustomAttribute<ReadOnDemandAttribute>()
            where onDemand is not null
            select (property.Name, onDemand.Field ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    // By the selection as it was parsed, which requests with the same document share.
    private static readonly ConditionalWeakTable<GraphQLField, StrongBox<Demand>> Known = [];

    /// <summary>All properties read on demand.</summary>
    public static Demand All { get; } = Demand.Of(OnDemand.Select(p => p.Property));

    /// <summary>Those selected on what a field gives.</summary>
    public static Demand Of(IResolveFieldContext context)
    {
        if (Known.TryGetValue(context.FieldAst, out var known))
        {
            return known.Value;
        }

        var names = SelectedNames.Of(context, Through);
        var demand = Demand.Of(OnDemand.Where(p => names.Contains(p.Field)).Select(p => p.Property));
        Known.AddOrUpdate(context.FieldAst, new StrongBox<Demand>(demand));
        return demand;
    }
}
