using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace NewsGraph.Engine.Execution;

/// <summary>The formatter used when no other is registered: the reference's codes, internals masked.</summary>
internal sealed class DefaultErrorFormatter : IErrorFormatter
{
    public FormattedError Format(ExecutionError error) => error switch
    {
        RefusedError refused => new FormattedError(refused.Message, refused.Code, refused.Details, refused.StatusCode),
        SyntaxError => new FormattedError(error.Message, "HC0011"),
        InvalidVariableError => new FormattedError(error.Message, "HC0016"),
        UnhandledError => new FormattedError("Unexpected Execution Error", Extensions: ErrorId.ExtensionsOf(error.InnerException)),
        ValidationError => new FormattedError(error.Message),
        _ => new FormattedError(error.Message, error.Code, error.Extensions),
    };
}
