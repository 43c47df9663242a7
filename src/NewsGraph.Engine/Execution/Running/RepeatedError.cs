using GraphQL;

namespace NewsGraph.Engine.Execution.Running;

/// <summary>An error that has been told of one field already, told of another.</summary>
/// <param name="original">The error, which decides the text.</param>
internal sealed class RepeatedError(ExecutionError original) : ExecutionError(original.Message)
{
    public ExecutionError Original { get; } = original;
}
