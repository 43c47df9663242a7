using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Names;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Engine.Conventions.Mutations;

/// <summary>
/// Declares a mutation <c>addComment(input: AddCommentInput!): AddCommentPayload!</c> together with its payload and the
/// union <c>AddCommentError</c> of its errors.
/// </summary>
/// <typeparam name="TInput">What <c>input</c> is read into.</typeparam>
/// <typeparam name="TResult">What the mutation makes.</typeparam>
public sealed class MutationBuilder<TInput, TResult>
    where TInput : class
    where TResult : class
{
    private const string InputName = "input";

    private readonly MutationType _root;
    private readonly string _name;
    private readonly string _description;
    private readonly ObjectGraphType<Payload<TResult>> _payload;
    private readonly UnionGraphType _errors;
    private Type? _input;

    internal MutationBuilder(MutationType root, string name, string description)
    {
        var capitalized = ConventionNames.Capitalized(name);
        _root = root;
        _name = name;
        _description = description;
        _payload = new ObjectGraphType<Payload<TResult>>
        {
            Name = capitalized + "Payload",
            Description = $"What `{name}` answers: its result, or what the user has to put right.",
        };
        _errors = new UnionGraphType
        {
            Name = capitalized + "Error",
            Description = $"What can keep `{name}` from being done.",
        };
    }

    /// <summary>Names the graph type of <c>input</c>.</summary>
    /// <typeparam name="TInputType">The graph type.</typeparam>
    public MutationBuilder<TInput, TResult> Input<TInputType>()
        where TInputType : InputObjectGraphType<TInput>
    {
        _input = typeof(NonNullGraphType<TInputType>);
        return this;
    }

    /// <summary>Adds the result to the payload.</summary>
    /// <typeparam name="TResultType">Its graph type; the field is nullable whatever it is.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    public MutationBuilder<TInput, TResult> Result<TResultType>(string name, string description)
        where TResultType : IGraphType =>
        Result<TResultType>(name, description, result => result);

    /// <summary>Adds a part of the result to the payload.</summary>
    /// <typeparam name="TPartType">Its graph type, without non-null: it is null when there are errors.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    /// <param name="part">Takes the part from the result.</param>
    public MutationBuilder<TInput, TResult> Result<TPartType>(string name, string description, Func<TResult, object?> part)
        where TPartType : IGraphType
    {
        _payload.Field<TPartType>(name)
            .Description(description)
            .Resolve(context => context.Source.Result is { } result ? part(result) : null);
        return this;
    }

    /// <summary>Declares an error the user can put right.</summary>
    /// <typeparam name="TErrorType">Its graph type.</typeparam>
    public MutationBuilder<TInput, TResult> Error<TErrorType>()
        where TErrorType : IObjectGraphType
    {
        _errors.Type<TErrorType>();
        return this;
    }

    /// <summary>Adds the mutation to the root.</summary>
    /// <param name="run">Does it. Errors it returns must be declared; anything it throws is an error of the field.</param>
    /// <exception cref="InvalidOperationException">The input or the result is not declared.</exception>
    public FieldType Resolve(Func<IResolveFieldContext, TInput, Task<Payload<TResult>>> run)
    {
        if (_input is null || _payload.Fields.Count == 0)
        {
            throw new InvalidOperationException($"The mutation `{_name}` lacks its input or its result.");
        }

        if (_errors.Types.Any())
        {
            _payload.Field("errors", new ListGraphType(new NonNullGraphType(_errors)))
                .Description("What the user has to put right; null when nothing.")
                .Resolve(context => context.Source.Errors);
        }

        return _root.Field(_name, new NonNullGraphType(_payload))
            .Description(_description)
            .Arguments(new QueryArgument(_input) { Name = InputName, Description = $"What `{_name}` needs to know." })
            .ResolveAsync(async context => await run(context, context.GetArgument<TInput>(InputName)))
            .FieldType;
    }
}

/// <summary>Adds mutations.</summary>
public static class MutationFields
{
    /// <summary>Begins the declaration of a mutation; <c>Resolve</c> ends it.</summary>
    /// <typeparam name="TInput">What <c>input</c> is read into.</typeparam>
    /// <typeparam name="TResult">What the mutation makes.</typeparam>
    /// <param name="type">The root.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="description">For the client developer.</param>
    public static MutationBuilder<TInput, TResult> Mutation<TInput, TResult>(this MutationType type, string name, string description)
        where TInput : class
        where TResult : class =>
        new(type, name, description);
}
