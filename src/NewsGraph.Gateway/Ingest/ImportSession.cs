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

    private readonly ImportSession? _parent;

    public ImportSession()
    {
    }

    private ImportSession(ImportSession parent) => _parent = parent;

    public bool HasArticle(string key) => Has(s => s._articles.Contains(Digest(key)));

    public void AddArticle(string key) => _articles.Add(Digest(key));

    /// <summary>False when the tag was already described.</summary>
    public bool AddTag(string slug) => !Has(s => s._tags.Contains(slug)) && _tags.Add(slug);

    /// <summary>False when the author was already described.</summary>
    public bool AddAuthor(string key) => !Has(s => s._authors.Contains(key)) && _authors.Add(key);

    /// <summary>A session on top of this one, whose additions are lost unless they are kept.</summary>
    public ImportSession Begin() => new(this);

    /// <summary>Hands the additions down to the session it began on.</summary>
    public void Keep()
    {
        _parent!._articles.UnionWith(_articles);
        _parent._tags.UnionWith(_tags);
        _parent._authors.UnionWith(_authors);
    }

    private bool Has(Func<ImportSession, bool> contains) => contains(this) || (_parent?.Has(contains) ?? false);

    internal static long Digest(string key) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
