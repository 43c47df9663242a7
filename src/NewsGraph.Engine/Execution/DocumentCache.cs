using System.Buffers;
using System.Text;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Engine.Execution;

/// <summary>
/// Valid documents by their text, which may be given as it came, in UTF-8; bounded by count and bytes. A flood of
/// documents used once only displaces its own kind.
/// </summary>
internal sealed class DocumentCache
{
    private readonly SegmentedCache<byte[], CachedDocument> _documents;
    private readonly SegmentedCache<byte[], CachedDocument>.Finder<ReadOnlySpan<byte>> _byUtf8;
    private readonly DocumentMetrics? _metrics;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="maxCount">How many documents are held at most; at least 2.</param>
    /// <param name="maxBytes">How many bytes (estimated) they may take together; at least 1.</param>
    /// <param name="metrics">Where it is counted, or null.</param>
    public DocumentCache(int maxCount, long maxBytes, DocumentMetrics? metrics = null)
    {
        _documents = new SegmentedCache<byte[], CachedDocument>(maxCount, maxBytes, ByteKeys.Instance);
        _byUtf8 = _documents.By<ReadOnlySpan<byte>>();
        _metrics = metrics;
        metrics?.Watch(this);
    }

    public int Count => _documents.Count;

    /// <summary>How many bytes the documents take, estimated.</summary>
    public long Bytes => _documents.Bytes;

    public CachedDocument? Find(string text)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var found = Find(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
            // Half a surrogate pair becomes another character on the way.
            return found is not null && string.Equals(found.Text, text, StringComparison.Ordinal) ? found : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    /// <summary>Finds a document by the bytes of its text, without decoding them.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    public CachedDocument? Find(ReadOnlySpan<byte> utf8)
    {
        var found = _byUtf8.Find(utf8);
        if (found is null)
        {
            _metrics?.Missed();
        }
        else
        {
            _metrics?.Found();
        }

        return found;
    }

    public void Add(CachedDocument document)
    {
        var key = Encoding.UTF8.GetBytes(document.Text);
        // The one that came first has its plans already.
        if (_documents.Find(key) is null)
        {
            _documents.Add(key, document, document.EstimatedBytes);
        }
    }
}
