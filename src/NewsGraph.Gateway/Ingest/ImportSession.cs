using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// What one call has already imported, over all its files. Two files may describe the same thing differently; the first
/// wins unless the other is newer, so that a second call finds nothing to change.
/// </summary>
internal sealed class ImportSession
{
    // Digests: a large export has more keys than are worth holding as text.
    private readonly HashSet<long> _articles = [];
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> _authors = new(StringComparer.Ordinal);

    public bool HasArticle(string key) => _articles.Contains(Digest(key));

    public void AddArticle(string key) => _articles.Add(Digest(key));

    /// <summary>False when the tag was already described.</summary>
    public bool AddTag(string slug) => _tags.Add(slug);

    /// <summary>False when the author was already described.</summary>
    public bool AddAuthor(string key) => _authors.Add(key);

    public ImportSession Copy()
    {
        var copy = new ImportSession();
        copy._articles.UnionWith(_articles);
        copy._tags.UnionWith(_tags);
        copy._authors.UnionWith(_authors);
        return copy;
    }

    internal static long Digest(string key) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
