using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>A type of the schema that no field names: one that is only reached through an interface.</summary>
/// <param name="Type">The graph type.</param>
public sealed record AdditionalType(Type Type);

/// <summary>Registers types that no field names.</summary>
public static class AdditionalTypes
{
    /// <summary>Adds a type to the schema.</summary>
    /// <typeparam name="TType">The graph type.</typeparam>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddToSchema<TType>(this IServiceCollection services)
        where TType : IObjectGraphType =>
        services.AddSingleton(new AdditionalType(typeof(TType)));

    /// <summary>Gives a schema the types that no field names.</summary>
    /// <param name="schema">The schema, before it is initialized.</param>
    /// <param name="types">The types.</param>
    public static void RegisterTypes(this Schema schema, IEnumerable<AdditionalType> types) =>
        schema.RegisterTypes([.. types.Select(additional => additional.Type).Distinct()]);
}
