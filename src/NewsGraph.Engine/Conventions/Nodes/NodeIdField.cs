using System.Buffers.Text;
using System.Text;
using GraphQL;
using GraphQL.Resolvers;
using NewsGraph.Engine.Execution.Json;

namespace NewsGraph.Engine.Conventions.Nodes;

/// <summary>The field <c>id</c> of a type: the key is written as a global id, without a text in between.</summary>
/// <param name="typeName">The GraphQL type.</param>
/// <param name="key">The object's key.</param>
internal sealed class NodeIdField<T>(string typeName, Func<T, long> key) : IFieldResolver, ISourceField
{
    public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(GlobalId.Format(typeName, key((T)context.Source!)));

    public SourceWriter? WriterFor(LeafWriter leaf) => leaf is ILeafOf<string> ? new Writer(Encoding.UTF8.GetBytes(typeName + ":"), key) : null;

    private sealed class Writer(byte[] prefix, Func<T, long> key) : SourceWriter
    {
        private const int MaxDigits = 20;

        public override bool TryWrite(JsonBuffer output, object? source)
        {
            var size = prefix.Length + MaxDigits;
            var target = output.Space(Base64.GetMaxEncodedToUtf8Length(size) + 2);
            target[0] = (byte)'"';
            var id = target[1..];
            prefix.CopyTo(id);
            Utf8Formatter.TryFormat(key((T)source!), id[prefix.Length..], out var digits);
            Base64.EncodeToUtf8InPlace(id, prefix.Length + digits, out var written);
            id[written] = (byte)'"';
            output.Advance(written + 2);
            return true;
        }
    }
}
