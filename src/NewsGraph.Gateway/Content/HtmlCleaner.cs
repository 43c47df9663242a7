using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace NewsGraph.Gateway.Content;

/// <summary>Turns HTML of unknown origin into HTML that is safe to serve, and into plain text. Safe for concurrent use.</summary>
public static class HtmlCleaner
{
    // Their text is code, not prose, so it goes with them.
    private const string NeverProse = "script, style, template, noscript, iframe, object, embed, textarea, select, svg, math, title";

    private static readonly HtmlSanitizer Articles = Create(
        [
            "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dfn", "dl", "dt", "em", "figcaption",
            "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp",
            "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
        ],
        [
            "alt", "cite", "colspan", "datetime", "dir", "height", "href", "lang", "reversed", "rowspan", "scope", "src", "start",
            "title", "width",
        ],
        "noopener");

    private static readonly HtmlSanitizer Comments = Create(
        ["a", "b", "blockquote", "br", "code", "em", "i", "p", "strong"],
        ["href", "title", "cite"],
        "nofollow ugc noopener");

    /// <summary>Sanitizes an article's HTML: prose, figures, lists, tables and code stay; whatever runs, frames or styles goes.</summary>
    /// <param name="html">The HTML, a fragment.</param>
    /// <param name="baseUrl">What relative links are relative to; without it they stay relative.</param>
    public static string Clean(string html, string? baseUrl = null) => Sanitize(Articles, html, baseUrl, LowerHeadings);

    /// <summary>As <see cref="Clean"/>, for text in which blank lines part paragraphs, as WordPress's classic editor stores it.</summary>
    public static string CleanClassic(string html, string? baseUrl = null) =>
        Sanitize(Articles, html, baseUrl, body =>
        {
            LowerHeadings(body);
            Paragraphs.Apply(body);
        });

    /// <summary>
    /// Sanitizes what a reader wrote, by the rules of WordPress: a little inline markup, quotes and links; blank lines part
    /// paragraphs, and line breaks stay.
    /// </summary>
    public static string CleanComment(string text) => PlainText.ToComment(text) ?? CleanMarkup(text);

    /// <summary>
    /// The plain text: blocks on lines of their own, entities decoded, white space folded, code of scripts and styles left out.
    /// </summary>
    public static string ToText(string html) => html.AsSpan().IndexOfAny('<', '&') < 0 && !html.Contains('\n')
        ? html.Trim()
        : PlainText.OfParagraphs(html) ?? ReadMarkup(html);

    // The long ways, which hold for every text.
    internal static string CleanMarkup(string text) => Sanitize(Comments, text, null, Paragraphs.Apply);

    internal static string ReadMarkup(string html) => HtmlText.Of(Parse(html));

    internal static IElement Parse(string html)
    {
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body>");
        var body = document.Body!;
        body.InnerHtml = html;
        foreach (var element in body.QuerySelectorAll(NeverProse).ToArray())
        {
            element.Remove();
        }

        return body;
    }

    // The page's h1 is the headline.
    private static void LowerHeadings(IElement body)
    {
        foreach (var heading in body.QuerySelectorAll("h1").ToArray())
        {
            var lower = heading.Owner!.CreateElement("h2");
            lower.Append([.. heading.ChildNodes]);
            heading.Replace(lower);
        }
    }

    private static string Sanitize(HtmlSanitizer sanitizer, string html, string? baseUrl, Action<IElement> prepare)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return "";
        }

        var body = Parse(html);
        prepare(body);
        return sanitizer.Sanitize(body.InnerHtml, baseUrl ?? "").Trim();
    }

    private static HtmlSanitizer Create(string[] tags, string[] attributes, string rel)
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(attributes, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto", "tel"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src", "cite"], StringComparer.OrdinalIgnoreCase),
        })
        {
            // An unknown wrapper goes, what people wrote in it stays.
            KeepChildNodes = true,
        };
        sanitizer.PostProcessDom += (_, e) => Finish(e.Document.Body!, rel);
        return sanitizer;
    }

    private static void Finish(IElement body, string rel)
    {
        foreach (var link in body.QuerySelectorAll("a").ToArray())
        {
            if (link.HasAttribute("href"))
            {
                link.SetAttribute("rel", rel);
            }
            else
            {
                link.Replace([.. link.ChildNodes]);
            }
        }

        foreach (var image in body.QuerySelectorAll("img").ToArray())
        {
            if (!IsWebAddress(image.GetAttribute("src")))
            {
                image.Remove();
            }
        }

        // A figure without its picture and a paragraph without words are nothing.
        foreach (var element in body.QuerySelectorAll("figcaption, figure, p").ToArray())
        {
            if (string.IsNullOrWhiteSpace(element.TextContent) && element.QuerySelector("img, hr, table") is null)
            {
                element.Remove();
            }
        }
    }

    private static bool IsWebAddress(string? source) =>
        source is { Length: > 0 }
        && (!Uri.TryCreate(source, UriKind.Absolute, out var uri) || uri.Scheme is "http" or "https" or "file");
}
