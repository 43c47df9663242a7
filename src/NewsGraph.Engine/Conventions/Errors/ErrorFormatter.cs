using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQL.Validation.Errors;
using GraphQLParser.AST;
using NewsGraph.Engine.Execution;

namespace NewsGraph.Engine.Conventions.Errors;

/// <summary>
/// Gives every error the shape and code of the wire conventions. GraphQL.NET's own codes never reach a client, and
/// neither does anything of an exception but the id it is logged under.
/// </summary>
public sealed partial class ErrorFormatter : IErrorFormatter
{
    /// <inheritdoc/>
    public FormattedError Format(ExecutionError error) => error switch
    {
        RefusedError refused => new FormattedError(refused.Message, refused.Code, refused.Details, refused.StatusCode),
        RequestError request => new FormattedError(request.Message, request.Code, request.Extensions, request.StatusCode),
        SyntaxError => new FormattedError(error.Message, ErrorCodes.Syntax),
        QueryMissingError => new FormattedError(ErrorMessages.DocumentMissing, ErrorCodes.DocumentMissing),
        UnhandledError unhandled => FormatUnhandled(unhandled),
        ValidationError validation => FormatValidation(validation),
        _ => new FormattedError(error.Message, OwnCode(error), error.Extensions),
    };

    private static FormattedError FormatUnhandled(UnhandledError error) =>
        error.InnerException is InvalidOperationException { Message: { } message } && NullInNonNull().IsMatch(message)
            ? new FormattedError(ErrorMessages.NonNullField, ErrorCodes.NonNull)
            : new FormattedError(ErrorMessages.Unexpected, Extensions: ErrorId.ExtensionsOf(error.InnerException));

    private static FormattedError FormatValidation(ValidationError error) => error switch
    {
        InvalidVariableError => FormatVariable(error),
        FieldsOnCorrectTypeError => FormatUnknownField(error),
        _ => new FormattedError(error.Message, Extensions: Section(error)),
    };

    private static FormattedError FormatVariable(ValidationError error)
    {
        var variable = Variable().Match(error.Message);
        var name = variable.Groups["name"].Value;
        var extensions = new Dictionary<string, object?> { ["variable"] = name };
        if (!NullInput().IsMatch(error.Message))
        {
            return new FormattedError(error.Message, ErrorCodes.VariableType, extensions);
        }

        var path = name + variable.Groups["path"].Value;
        return new FormattedError(ErrorMessages.VariableRequired(path), ErrorCodes.NonNull, extensions);
    }

    private static FormattedError FormatUnknownField(ValidationError error)
    {
        var found = UnknownField().Match(error.Message);
        if (!found.Success)
        {
            return new FormattedError(error.Message, Extensions: Section(error));
        }

        var (field, type) = (found.Groups["field"].Value, found.Groups["type"].Value);
        var alias = error.Nodes.OfType<GraphQLField>().FirstOrDefault()?.Alias?.Name.StringValue;
        return new FormattedError(ErrorMessages.UnknownField(field, type), Extensions: new Dictionary<string, object?>
        {
            ["type"] = type,
            ["field"] = field,
            ["responseName"] = alias ?? field,
            ["specifiedBy"] = SpecificationSections.Find(error.Number),
        });
    }

    private static Dictionary<string, object?>? Section(ValidationError error) =>
        SpecificationSections.Find(error.Number) is { } section ? new() { ["specifiedBy"] = section } : null;

    // The library's kinds of error, and those made of an exception, bring codes of the library's making.
    private static string? OwnCode(ExecutionError error) =>
        error.GetType() == typeof(ExecutionError) && error.InnerException is null ? error.Code : null;

    // GraphQL.NET tells these cases apart by their text alone; the tests hold the texts of the version in use.
    [GeneratedRegex("^Cannot return (null for a non-null type|a null member within a non-null list)")]
    private static partial Regex NullInNonNull();

    [GeneratedRegex(@"^Variable '\$(?<name>\w+)(?<path>[^']*)' is invalid\.")]
    private static partial Regex Variable();

    [GeneratedRegex("(No value provided for a non-null|Received a null input for a non-null)")]
    private static partial Regex NullInput();

    [GeneratedRegex("^Cannot query field '(?<field>[^']+)' on type '(?<type>[^']+)'")]
    private static partial Regex UnknownField();
}
