using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>
/// Replaces WordPress's shortcodes with what they mean here, or with nothing. Only names of WordPress and of common page
/// builders count: brackets in prose are left alone.
/// </summary>
internal static partial class Shortcodes
{
    // What they draw needs the source site; without it nothing is left to show.
    private static readonly HashSet<string> Removed = new(StringComparer.OrdinalIgnoreCase)
    {
        "gallery", "playlist", "contact-form", "contact-form-7", "contact-field", "gravityform", "ninja_form", "wpforms",
        "polldaddy", "googlemaps", "slideshow", "jetpack-related-posts", "jetpack_subscription_form", "rev_slider",
        "instagram-feed", "mc4wp_form",
    };

    // What they show is elsewhere on the web; a link is the honest rest.
    private static readonly HashSet<string> Linked = new(StringComparer.OrdinalIgnoreCase)
    {
        "embed", "audio", "video", "youtube", "vimeo", "dailymotion", "soundcloud", "spotify", "tweet", "instagram", "facebook", "ted",
    };

    private static readonly HashSet<string> Code = new(StringComparer.OrdinalIgnoreCase) { "code", "sourcecode" };

    private static readonly string[] Builders = ["vc_", "et_pb_", "fusion_", "av_", "su_"];

    public static string Replace(string content)
    {
        if (!content.Contains('['))
        {
            return content;
        }

        var result = new StringBuilder(content.Length);
        var position = 0;
        for (var match = Shortcode().Match(content); match.Success; match = match.NextMatch())
        {
            // A shortcode inside one that has been replaced.
            if (match.Index < position)
            {
                continue;
            }

            result.Append(content, position, match.Index - position);
            position = match.Index + match.Length;
            if (match.Groups["escape"].Value.Length > 0 && match.Groups["unescape"].Value.Length > 0)
            {
                result.Append(IsKnown(match.Groups["name"].Value) ? match.ValueSpan[1..^1] : match.ValueSpan);
                continue;
            }

            result.Append(match.Groups["escape"].ValueSpan);
            position -= match.Groups["unescape"].Length;
            Write(match, content, result, ref position);
        }

        return result.Append(content, position, content.Length - position).ToString();
    }

    private static void Write(Match match, string content, StringBuilder result, ref int position)
    {
        var name = match.Groups["name"].Value;
        var attributes = match.Groups["attributes"].Value;
        if (!IsKnown(name))
        {
            result.Append(match.ValueSpan[match.Groups["escape"].Length..(match.Length - match.Groups["unescape"].Length)]);
        }
        else if (match.Groups["close"].Length > 0 || IsBuilder(name))
        {
            // A closing tag, or a wrapper around text that stays.
        }
        else if (IsCaption(name) && Inner(content, name, ref position) is { } figure)
        {
            result.Append(Figure(figure, attributes));
        }
        else if (Code.Contains(name) && Inner(content, name, ref position) is { } code)
        {
            result.Append("\n\n<pre><code>").Append(WebUtility.HtmlEncode(WebUtility.HtmlDecode(code.Trim('\r', '\n')))).Append("</code></pre>\n\n");
        }
        else if (Linked.Contains(name) && Target(content, name, attributes, ref position) is { } target)
        {
            var url = WebUtility.HtmlEncode(WebUtility.HtmlDecode(target));
            result.Append("\n\n<a href=\"").Append(url).Append("\">").Append(url).Append("</a>\n\n");
        }
        else if (attributes.Length == 0 && !Removed.Contains(name))
        {
            // "Fire at the mill [video]": a word in brackets.
            result.Append('[').Append(name).Append(']');
        }
    }

    private static string? Target(string content, string name, string attributes, ref int position)
    {
        var inner = Inner(content, name, ref position);
        return Address().Match(inner is { Length: > 0 } ? inner + " " + attributes : attributes) is { Success: true } address ? address.Value : null;
    }

    private static string Figure(string inner, string attributes)
    {
        var image = Picture().Match(inner);
        if (!image.Success)
        {
            return inner;
        }

        var caption = inner[(image.Index + image.Length)..].Trim();
        if (caption.Length == 0 && CaptionAttribute().Match(attributes) is { Success: true } given)
        {
            caption = given.Groups[1].Value;
        }

        var end = caption.Length > 0 ? $"<figcaption>{caption}</figcaption></figure>" : "</figure>";
        return $"\n\n<figure>{inner[..(image.Index + image.Length)].Trim()}{end}\n\n";
    }

    // The text up to the closing tag; null when the shortcode has none.
    private static string? Inner(string content, string name, ref int position)
    {
        var closing = $"[/{name}]";
        var end = content.IndexOf(closing, position, StringComparison.OrdinalIgnoreCase);
        var next = content.IndexOf($"[{name}", position, StringComparison.OrdinalIgnoreCase);
        if (end < 0 || (next >= 0 && next < end))
        {
            return null;
        }

        var inner = content[position..end];
        position = end + closing.Length;
        return inner;
    }

    private static bool IsCaption(string name) =>
        name.Equals("caption", StringComparison.OrdinalIgnoreCase) || name.Equals("wp_caption", StringComparison.OrdinalIgnoreCase);

    private static bool IsBuilder(string name) => Builders.Any(b => name.StartsWith(b, StringComparison.OrdinalIgnoreCase));

    private static bool IsKnown(string name) =>
        IsCaption(name) || Removed.Contains(name) || Linked.Contains(name) || Code.Contains(name) || IsBuilder(name);

    // A name alone, or a name with attributes: [video] and [video src=…] are shortcodes, [video of the launch] is prose.
    [GeneratedRegex("""(?<escape>\[?)\[(?<close>/?)(?<name>[A-Za-z][\w-]*)(?<attributes>(?:[ \t\r\n]+(?:[\w-]+=[^\[\]]{0,4000}|["']?https?://[^\[\]]{0,4000}))?)[ \t\r\n]*/?\](?<unescape>\]?)""")]
    private static partial Regex Shortcode();

    [GeneratedRegex("""(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?""", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex("""\bcaption=["']([^"]*?)["'](?=\s|$)""", RegexOptions.IgnoreCase)]
    private static partial Regex CaptionAttribute();

    [GeneratedRegex("""https?://[^\s"'<>\[\]]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
