using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace NewsGraph.Transports.Http;

/// <summary>
/// Remembers what a header's values mean, since clients send the same few again and again. Bounded: a flood of different
/// values only makes it begin anew. Safe for concurrent use.
/// </summary>
/// <param name="read">Reads the header; its result must not depend on anything else.</param>
internal sealed class HeaderMemo<T>(Func<StringValues, T> read)
{
    public const int MaxCount = 256;
    private const int MaxLength = 512;

    private readonly ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many values are remembered.</summary>
    public int Count => _known.Count;

    public T Read(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { Length: <= MaxLength } text)
        {
            return read(header);
        }

        if (_known.TryGetValue(text, out var known))
        {
            return known;
        }

        var value = read(header);
        if (Interlocked.Increment(ref _count) > MaxCount)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }

        _known[text] = value;
        return value;
    }
}
