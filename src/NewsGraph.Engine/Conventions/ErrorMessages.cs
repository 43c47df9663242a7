namespace NewsGraph.Engine.Conventions;

/// <summary>The texts that belong to <see cref="ErrorCodes"/>, and those of errors without a code.</summary>
public static class ErrorMessages
{
    /// <summary>What a reader sees of a failure that is not theirs.</summary>
    public const string Unexpected = "Unexpected Execution Error";

    /// <summary>A resolver returned null for a non-null field.</summary>
    public const string NonNullField = "Cannot return null for non-nullable field.";

    /// <summary>A global id that cannot be read.</summary>
    public const string InvalidNodeId = "The node ID string has an invalid format.";

    /// <summary>A request that came when the server was about to stop.</summary>
    public const string ShuttingDown = "The server is shutting down.";

    /// <summary>An operation kind the transport does not carry.</summary>
    public const string OperationKind = "The specified operation kind is not allowed.";

    /// <summary>A request without a document and without an id.</summary>
    public const string DocumentMissing = "Either the parameter query or the parameter id has to be set.";

    /// <summary>A request that is not GraphQL.</summary>
    public const string InvalidRequest = "Invalid GraphQL Request.";

    /// <summary>A body beyond the limit.</summary>
    public const string RequestTooLarge = "Max GraphQL request size reached.";

    /// <summary>Introspection where it is switched off.</summary>
    public const string Introspection = "Introspection is not allowed for the current request.";

    /// <summary>A page larger than allowed.</summary>
    public const string PageSizeExceeded = "The maximum allowed items per page were exceeded.";

    /// <summary>A page smaller than nothing.</summary>
    public const string PageSizeNegative = "The requested number of values per page must be at least 0.";

    /// <summary>An id of one type where another is expected.</summary>
    /// <param name="actual">The type the id names.</param>
    /// <param name="expected">The type the argument takes.</param>
    public static string NodeType(string actual, string expected) =>
        $"The node ID is of type `{actual}`, but an ID of type `{expected}` is expected here.";

    /// <summary>More ids in one call than allowed.</summary>
    /// <param name="requested">How many were sent.</param>
    /// <param name="allowed">How many one call may send.</param>
    public static string TooManyNodes(int requested, int allowed) =>
        $"The requested {requested} nodes exceed the {allowed} that one call may fetch.";

    /// <summary>A required variable, or a required part of one, without a value.</summary>
    /// <param name="variable">The variable's name without <c>$</c>, and the path of the part.</param>
    public static string VariableRequired(string variable) => $"Variable `{variable}` is required.";

    /// <summary>A field the type does not have.</summary>
    /// <param name="field">The field asked for.</param>
    /// <param name="type">The type it was asked of.</param>
    public static string UnknownField(string field, string type) =>
        $"The field `{field}` does not exist on the type `{type}`.";

    /// <summary>An operation stopped by its time limit.</summary>
    /// <param name="limit">The limit.</param>
    public static string Timeout(TimeSpan limit) => $"The request exceeded the configured timeout of `{limit:c}`.";
}
