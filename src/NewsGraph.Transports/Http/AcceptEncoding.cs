using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Transports.Http;

/// <summary>Reads which content coding a client likes best.</summary>
internal static class AcceptEncoding
{
    // In order of preference where the client has none.
    private static readonly (string Name, ContentCoding Coding)[] Offers =
    [
        ("br", ContentCoding.Brotli),
        ("gzip", ContentCoding.Gzip),
        ("identity", ContentCoding.Identity),
    ];

    private static readonly HeaderMemo<ContentCoding> Known = new(Parse);

    /// <summary>The coding of a header's values; what cannot be read asks for none.</summary>
    public static ContentCoding Read(StringValues header) =>
        StringValues.IsNullOrEmpty(header) ? ContentCoding.Identity : Known.Read(header);

    /// <summary>The name on the wire.</summary>
    public static string NameOf(ContentCoding coding) => coding == ContentCoding.Brotli ? "br" : "gzip";

    private static ContentCoding Parse(StringValues header)
    {
        if (!StringWithQualityHeaderValue.TryParseStrictList(header, out var accepted))
        {
            return ContentCoding.Identity;
        }

        var best = (Coding: ContentCoding.Identity, Quality: 0.0);
        foreach (var (name, coding) in Offers)
        {
            var quality = Quality(accepted, name) ?? (coding == ContentCoding.Identity ? 0 : Quality(accepted, "*") ?? 0);
            if (quality > best.Quality)
            {
                best = (coding, quality);
            }
        }

        return best.Coding;
    }

    private static double? Quality(IList<StringWithQualityHeaderValue> accepted, string name)
    {
        foreach (var candidate in accepted)
        {
            if (candidate.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return candidate.Quality ?? 1;
            }
        }

        return null;
    }
}
