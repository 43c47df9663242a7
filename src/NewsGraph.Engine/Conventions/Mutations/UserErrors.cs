using GraphQL.Types;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Engine.Conventions.Mutations;

/// <summary>Something a user did that the user can put right; it is part of a mutation's payload.</summary>
public interface IUserError
{
    /// <summary>What is wrong, for the user.</summary>
    string Message { get; }
}

/// <summary><c>interface Error { message: String! }</c>.</summary>
public sealed class ErrorInterface : InterfaceGraphType<IUserError>
{
    /// <summary>Creates the type.</summary>
    public ErrorInterface()
    {
        Name = "Error";
        Description = "Something the user can put right.";
        Field<NonNullGraphType<StringGraphType>>("message").Description("What is wrong, for the user.");
    }
}

/// <summary>The graph type of one kind of error. Derive to add fields.</summary>
/// <typeparam name="TError">The error; its name is the type's name.</typeparam>
public abstract class UserErrorType<TError> : ObjectGraphType<TError>
    where TError : class, IUserError
{
    /// <summary>Creates the type with its <c>message</c>.</summary>
    /// <param name="description">For the client developer.</param>
    protected UserErrorType(string description)
    {
        Name = typeof(TError).Name;
        Description = description;
        Interface<ErrorInterface>();
        Field<NonNullGraphType<StringGraphType>>("message")
            .Description("What is wrong, for the user.")
            .From(context => context.Message);
    }
}
