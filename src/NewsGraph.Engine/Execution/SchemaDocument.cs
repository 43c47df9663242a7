using System.Security.Cryptography;
using System.Text;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Execution;

/// <summary>The schema as text, printed once. Register another printer to change what clients download.</summary>
/// <param name="schema">The schema.</param>
/// <param name="time">The clock; tells when the text came to be.</param>
/// <param name="print">Prints the schema; null for kinds of types by name, with their descriptions.</param>
public sealed class SchemaDocument(ISchema schema, TimeProvider time, Func<ISchema, string>? print = null)
{
    private readonly Lazy<Printed> _printed = new(() => Print(schema, print));

    /// <summary>The whole schema.</summary>
    public string Text => _printed.Value.Text;

    /// <summary>The entity tag: version and hash of <see cref="Text"/>.</summary>
    public string EntityTag => _printed.Value.EntityTag;

    /// <summary>When this process began to offer the text, to the second.</summary>
    public DateTimeOffset LastModified { get; } = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The text of some types, in the order asked for; null when one is unknown, which is then <paramref name="unknown"/>.</summary>
    /// <param name="names">The types' names.</param>
    /// <param name="unknown">The first name that names no type.</param>
    public string? FindTypes(IEnumerable<string> names, out string? unknown)
    {
        var text = new StringBuilder();
        foreach (var name in names)
        {
            if (!_printed.Value.Types.TryGetValue(name, out var type))
            {
                unknown = name;
                return null;
            }

            text.Append(text.Length == 0 ? "" : "\n").Append(type).Append('\n');
        }

        unknown = null;
        return text.ToString();
    }

    private static Printed Print(ISchema schema, Func<ISchema, string>? print)
    {
        schema.Initialize();
        var text = print?.Invoke(schema) ?? SchemaText.Print(schema);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var definition in Parser.Parse(text).Definitions.OfType<GraphQLTypeDefinition>())
        {
            types[definition.Name.StringValue] = SchemaText.Slice(text, definition);
        }

        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new Printed(text, $"\"1-{hash}\"", types);
    }

    private sealed record Printed(string Text, string EntityTag, Dictionary<string, string> Types);
}
