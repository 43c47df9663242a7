using System.Globalization;
using GraphQL;
using NewsGraph.Engine.Conventions.Errors;

namespace NewsGraph.Engine.Conventions.Nodes;

/// <summary>Reads global ids out of arguments and inputs. What cannot be read is an error of the field.</summary>
public static class GlobalIdArguments
{
    /// <summary>The number inside a required id argument.</summary>
    /// <param name="context">The field.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="typeName">The type the id must name.</param>
    /// <exception cref="RequestError">The text is no id, or the id of another type.</exception>
    public static long GetNodeId(this IResolveFieldContext context, string argument, string typeName) =>
        Parse(Text(context, argument), typeName);

    /// <summary>The number inside an optional id argument, or null when it is absent or null.</summary>
    /// <param name="context">The field.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="typeName">The type the id must name.</param>
    /// <exception cref="RequestError">The text is no id, or the id of another type.</exception>
    public static long? GetOptionalNodeId(this IResolveFieldContext context, string argument, string typeName) =>
        ParseOptional(Text(context, argument), typeName);

    /// <summary>The number inside an id.</summary>
    /// <param name="text">The id as the client sent it.</param>
    /// <param name="typeName">The type the id must name.</param>
    /// <exception cref="RequestError">The text is no id, or the id of another type.</exception>
    public static long Parse(string? text, string typeName)
    {
        if (!GlobalId.TryParse(text, out var id))
        {
            throw InvalidFormat(text);
        }

        if (!string.Equals(id.TypeName, typeName, StringComparison.Ordinal))
        {
            throw new RequestError(ErrorMessages.NodeType(id.TypeName, typeName), extensions: Original(text));
        }

        return id.TryGetInt64(out var number) ? number : throw InvalidFormat(text);
    }

    /// <summary>The number inside an id, or null when there is none.</summary>
    /// <param name="text">The id as the client sent it, or null.</param>
    /// <param name="typeName">The type the id must name.</param>
    /// <exception cref="RequestError">The text is no id, or the id of another type.</exception>
    public static long? ParseOptional(string? text, string typeName) => text is null ? null : Parse(text, typeName);

    internal static RequestError InvalidFormat(string? text) =>
        new(ErrorMessages.InvalidNodeId, extensions: Original(text));

    internal static string? AsText(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string? Text(IResolveFieldContext context, string argument) =>
        context.Arguments is { } arguments && arguments.TryGetValue(argument, out var value) ? AsText(value.Value) : null;

    // A long text comes back cut: the client knows what it sent, and an error is no place for a megabyte.
    private static Dictionary<string, object?> Original(string? text) =>
        new() { ["originalValue"] = text is { Length: > GlobalId.MaxLength } ? text[..GlobalId.MaxLength] : text };
}
