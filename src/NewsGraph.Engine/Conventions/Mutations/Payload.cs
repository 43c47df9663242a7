namespace NewsGraph.Engine.Conventions.Mutations;

/// <summary>What a mutation answers: its result, or what the user did wrong.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="Result">The result; null when there are errors.</param>
/// <param name="Errors">The errors; null when there are none.</param>
public sealed record Payload<T>(T? Result, IReadOnlyList<IUserError>? Errors)
    where T : class;

/// <summary>Makes payloads.</summary>
public static class Payload
{
    /// <summary>The answer when all went well.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="result">The result.</param>
    public static Payload<T> Done<T>(T result)
        where T : class => new(result, null);

    /// <summary>The answer when the user has to put something right.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="errors">What is wrong; at least one.</param>
    public static Payload<T> Failed<T>(params IReadOnlyList<IUserError> errors)
        where T : class =>
        errors.Count > 0 ? new(null, errors) : throw new ArgumentException("A failure has a reason.", nameof(errors));
}
