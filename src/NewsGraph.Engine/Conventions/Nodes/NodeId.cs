using System.Globalization;
using System.Text;
using GraphQL;

namespace NewsGraph.Engine.Conventions.Nodes;

/// <summary>
/// A global id: Base64 of <c>Type:key</c>. The older form, with a line feed and a letter for the key's kind in place of
/// the colon, is read too; so is text whose padding was lost.
/// </summary>
/// <param name="TypeName">The GraphQL type.</param>
/// <param name="Key">The object's key.</param>
public readonly record struct NodeId(string TypeName, long Key)
{
    /// <summary>Longer text is refused unread.</summary>
    public const int MaxLength = 1024;

    /// <summary>The id's text.</summary>
    /// <param name="typeName">The GraphQL type.</param>
    /// <param name="key">The object's key.</param>
    public static string Encode(string typeName, long key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{typeName}:{key}")));

    /// <summary>Reads an id.</summary>
    /// <param name="text">The text a client sent.</param>
    /// <exception cref="ExecutionError">It is no id.</exception>
    public static NodeId Parse(string text) => TryParse(text) ?? throw Invalid(text);

    /// <summary>Reads an id of one type.</summary>
    /// <param name="text">The text a client sent.</param>
    /// <param name="typeName">The GraphQL type it must name.</param>
    /// <exception cref="ExecutionError">It is no id, or one of another type.</exception>
    public static long Parse(string text, string typeName) =>
        TryParse(text) is { } id && id.TypeName == typeName ? id.Key : throw Invalid(text);

    /// <summary>Reads an id; null when the text is none.</summary>
    /// <param name="text">The text a client sent.</param>
    public static NodeId? TryParse(string text)
    {
        var bare = text.TrimEnd('=');
        if (bare.Length is 0 or > MaxLength || bare.Length % 4 == 1)
        {
            return null;
        }

        var bytes = new byte[bare.Length];
        if (!Convert.TryFromBase64String(bare + new string('=', (4 - (bare.Length % 4)) % 4), bytes, out var length))
        {
            return null;
        }

        var plain = Encoding.UTF8.GetString(bytes, 0, length);
        var split = plain.IndexOfAny([':', '\n']);
        if (split < 1)
        {
            return null;
        }

        var key = plain.AsSpan(plain[split] == '\n' ? Math.Min(split + 2, plain.Length) : split + 1);
        return long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new NodeId(plain[..split], number)
            : null;
    }

    private static ExecutionError Invalid(string text)
    {
        var error = new ExecutionError("The node ID string has an invalid format.");
        error.AddExtension("originalValue", text.Length <= MaxLength ? text : text[..MaxLength]);
        return error;
    }
}

/// <summary>Reads ids from arguments.</summary>
public static class NodeIdArguments
{
    /// <summary>The key in an id given as an argument; null when it was not given.</summary>
    /// <param name="context">The field's context.</param>
    /// <param name="name">The argument.</param>
    /// <param name="typeName">The GraphQL type the id must name.</param>
    /// <exception cref="ExecutionError">It is no id, or one of another type.</exception>
    public static long? GetNodeKey(this IResolveFieldContext context, string name, string typeName) =>
        context.GetArgument<string?>(name) is { } text ? NodeId.Parse(text, typeName) : null;
}
