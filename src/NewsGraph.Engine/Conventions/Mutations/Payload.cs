using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Engine.Conventions.Mutations;

/// <summary>What a mutation answers: its result, or what the user did wrong.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="Result">The result; null when there are errors.</param>
/// <param name="Errors">The errors; null when there are none.</param>
public sealed record Payload<T>(T? Result, IReadOnlyList<IUserError>? Errors)
    where T : class;

/// <summary>A payload's graph type: the result under its name, and <c>errors</c>. Derive one class per mutation.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <typeparam name="TResult">Its graph type.</typeparam>
/// <typeparam name="TErrors">The union of the mutation's errors.</typeparam>
public abstract class PayloadType<T, TResult, TErrors> : ObjectGraphType<Payload<T>>
    where T : class
    where TResult : IGraphType
    where TErrors : UnionGraphType
{
    /// <summary>Creates the type.</summary>
    /// <param name="name"><c>{Mutation}Payload</c>.</param>
    /// <param name="description">For the client developer.</param>
    /// <param name="result">The result's field.</param>
    /// <param name="resultDescription">For the client developer.</param>
    protected PayloadType(string name, string description, string result, string resultDescription)
    {
        Name = name;
        Description = description;
        Field<TResult>(result).Description(resultDescription).Resolve(context => context.Source.Result);
        Field<ListGraphType<NonNullGraphType<TErrors>>>("errors")
            .Description("What the user did wrong; null when nothing.")
            .Resolve(context => context.Source.Errors);
    }
}

/// <summary>Adds mutations.</summary>
public static class MutationFields
{
    /// <summary>Adds a mutation with its one argument <c>input</c> and its payload.</summary>
    /// <typeparam name="TInput">The graph type of <c>input</c>.</typeparam>
    /// <typeparam name="TPayload">The payload's graph type.</typeparam>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="type">The root.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    /// <param name="run">Runs it, with the fields of <c>input</c> that were given.</param>
    public static FieldType Mutation<TInput, TPayload, T>(
        this MutationType type,
        string name,
        string description,
        Func<IResolveFieldContext, IDictionary<string, object?>, Task<Payload<T>>> run)
        where TInput : IInputObjectGraphType
        where TPayload : IObjectGraphType
        where T : class =>
        type.Field<NonNullGraphType<TPayload>>(name)
            .Description(description)
            .Argument<NonNullGraphType<TInput>>("input", "What to do it with.")
            .ResolveAsync(async context => await run(context, (IDictionary<string, object?>)context.GetArgument<object>("input")))
            .FieldType;
}
