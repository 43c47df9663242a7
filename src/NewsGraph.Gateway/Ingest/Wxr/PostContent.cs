using System.Text.RegularExpressions;
using NewsGraph.Gateway.Content;

namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>Turns a post's stored content into clean HTML, as the source site would have shown it.</summary>
public static partial class PostContent
{
    /// <summary>Block comments and page marks go, shortcodes become HTML, line breaks become paragraphs, and the rest is sanitized.</summary>
    /// <param name="content">As stored by WordPress: classic text with line breaks, or blocks.</param>
    /// <param name="baseUrl">The site's address, for relative links.</param>
    public static string ToHtml(string content, string? baseUrl = null)
    {
        if (string.IsNullOrWhiteSpace(content))
        {
            return "";
        }

        var isBlocks = content.Contains("<!-- wp:", StringComparison.Ordinal);
        var html = PageMark().Replace(content, "\n\n");
        html = BlockMark().Replace(html, "");
        html = Shortcodes.Replace(html.Replace("\r\n", "\n", StringComparison.Ordinal));

        // Blocks bring their own paragraphs.
        return isBlocks ? HtmlCleaner.Clean(html, baseUrl) : HtmlCleaner.CleanClassic(html, baseUrl);
    }

    /// <summary>A title or an excerpt as one line of plain text.</summary>
    public static string ToLine(string html) =>
        HtmlCleaner.ToText(BlockMark().Replace(Shortcodes.Replace(html), "")).Replace('\n', ' ').Trim();

    [GeneratedRegex("<!--\\s*(?:more[^>]*?|nextpage|noteaser)\\s*-->", RegexOptions.IgnoreCase)]
    private static partial Regex PageMark();

    [GeneratedRegex("<!--\\s*/?wp:[\\s\\S]*?-->")]
    private static partial Regex BlockMark();
}
