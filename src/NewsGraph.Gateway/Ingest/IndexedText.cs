using System.Text;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// Texts that stand in an index: PostgreSQL has room for 2.7 KB in an entry, and a cursor holds what a list is sorted by.
/// What has a longer one is left out by name, on every database, or a whole batch would fail with it.
/// </summary>
internal static class IndexedText
{
    /// <summary>The most bytes in UTF-8. It leaves room for the entry's other columns and for the number of a comment.</summary>
    public const int MaxBytes = 2_000;

    private const int MostBytesOfOne = 3;

    public static bool Fits(string text) => text.Length <= MaxBytes / MostBytesOfOne || Encoding.UTF8.GetByteCount(text) <= MaxBytes;

    /// <summary>Why a post cannot be taken; null when it can.</summary>
    /// <param name="item">The post.</param>
    /// <param name="key">What it is found again by.</param>
    public static string? RefusalOf(WxrItem item, string key) =>
        !Fits(key) ? With("guid")
        : !Fits(item.Title) && !Fits(PostContent.ToLine(item.Title)) ? With("title")
        : !Fits(item.Link) ? With("link")
        : null;

    /// <summary>The reason something is skipped for.</summary>
    public static string With(string text) => $"with a {text} longer than 2,000 bytes";
}
