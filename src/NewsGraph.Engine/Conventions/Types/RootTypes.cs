using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace NewsGraph.Engine.Conventions.Types;

/// <summary>Adds fields to a type that another part of the program declares.</summary>
/// <typeparam name="TType">The type that gets the fields.</typeparam>
public interface IFieldsOf<in TType>
    where TType : IComplexGraphType
{
    /// <summary>Adds the fields; called once, while the type is made.</summary>
    /// <param name="type">The type.</param>
    void AddTo(TType type);
}

/// <summary>Registers fields of other parts' types.</summary>
public static class FieldsRegistration
{
    /// <summary>Adds a class that brings fields to a type.</summary>
    /// <typeparam name="TType">The type that gets the fields.</typeparam>
    /// <typeparam name="TFields">The class that brings them.</typeparam>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddFields<TType, TFields>(this IServiceCollection services)
        where TType : IComplexGraphType
        where TFields : class, IFieldsOf<TType> =>
        services.AddSingleton<IFieldsOf<TType>, TFields>();
}

/// <summary>The root of queries; every part of the program adds its fields.</summary>
public sealed class QueryType : ObjectGraphType
{
    /// <summary>Creates the type.</summary>
    /// <param name="parts">The parts' fields, in the order of registration.</param>
    public QueryType(IEnumerable<IFieldsOf<QueryType>> parts)
    {
        Name = "Query";
        Description = "What can be read.";
        foreach (var part in parts)
        {
            part.AddTo(this);
        }
    }
}

/// <summary>The root of mutations; every part of the program adds its fields.</summary>
public sealed class MutationType : ObjectGraphType
{
    /// <summary>Creates the type.</summary>
    /// <param name="parts">The parts' fields, in the order of registration.</param>
    public MutationType(IEnumerable<IFieldsOf<MutationType>> parts)
    {
        Name = "Mutation";
        Description = "What can be changed. The fields of one operation run one after the other.";
        foreach (var part in parts)
        {
            part.AddTo(this);
        }
    }
}

/// <summary>The root of subscriptions; every part of the program adds its fields.</summary>
public sealed class SubscriptionType : ObjectGraphType
{
    /// <summary>Creates the type.</summary>
    /// <param name="parts">The parts' fields, in the order of registration.</param>
    public SubscriptionType(IEnumerable<IFieldsOf<SubscriptionType>> parts)
    {
        Name = "Subscription";
        Description = "What can be followed as it happens. One field to an operation.";
        foreach (var part in parts)
        {
            part.AddTo(this);
        }
    }
}
