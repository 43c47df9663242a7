using GraphQL;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>How much one filter may ask of the database.</summary>
/// <param name="MaxDepth">Objects within objects. Default: 8.</param>
/// <param name="MaxOperations">Operations in the whole filter. Default: 64.</param>
/// <param name="MaxListValues">Values of one <c>in</c> or <c>nin</c>. Default: 200.</param>
public sealed record FilterLimits(int MaxDepth = 8, int MaxOperations = 64, int MaxListValues = 200)
{
    /// <summary>The defaults.</summary>
    public static FilterLimits Default { get; } = new();
}

/// <summary>Counts what one filter asks for while it is turned into an expression.</summary>
internal sealed class FilterBudget(FilterLimits limits)
{
    private int _depth;
    private int _operations;

    public void Enter()
    {
        if (++_depth > limits.MaxDepth)
        {
            throw FilterErrors.TooComplex("depth", limits.MaxDepth);
        }
    }

    public void Leave() => _depth--;

    public void Operation()
    {
        if (++_operations > limits.MaxOperations)
        {
            throw FilterErrors.TooComplex("operations", limits.MaxOperations);
        }
    }

    public void Values(int count)
    {
        if (count > limits.MaxListValues)
        {
            throw FilterErrors.TooComplex("values", limits.MaxListValues);
        }
    }
}

/// <summary>What is wrong with a filter; errors of the field it was given to.</summary>
internal static class FilterErrors
{
    public static ExecutionError NullOperand(string field, string expectedType, string filterType)
    {
        var error = new ExecutionError(
            $"The provided value for filter `{field}` of type {filterType} is invalid. Null values are not supported.")
        { Code = ErrorCodes.FilterNull };
        error.AddExtension("expectedType", expectedType);
        error.AddExtension("filterType", filterType);
        return error;
    }

    public static ExecutionError TooComplex(string limit, int allowed)
    {
        var error = new ExecutionError($"The filter exceeds the allowed number of {limit}.") { Code = "FILTER_TOO_COMPLEX" };
        error.AddExtension("limit", limit);
        error.AddExtension("maxAllowed", allowed);
        return error;
    }
}
