using System.Buffers;
using System.Text;

namespace NewsGraph.Gateway.Content;

/// <summary>
/// The short way for texts without markup, which most comments are: what <see cref="HtmlCleaner"/> makes of them is known
/// without building a tree. Whatever is not certain goes the long way; a test compares the two.
/// </summary>
internal static class PlainText
{
    // What a parser or a writer of HTML changes.
    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\r\t\f\v\0\u00A0\u0085\u2028\u2029\uFEFF\uFFFE\uFFFF");

    /// <summary>A comment's text as <see cref="HtmlCleaner.CleanComment"/> answers it; null when it takes the long way.</summary>
    public static string? ToComment(string text)
    {
        if (!IsPlain(text))
        {
            return null;
        }

        var html = new StringBuilder(text.Length + 32).Append("<p>");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\n')
            {
                html.Append(text[i]);
            }
            else if (text[i + 1] == '\n')
            {
                html.Append("</p><p>");
                i++;
            }
            else
            {
                html.Append("<br>\n");
            }
        }

        return html.Append("</p>").ToString();
    }

    /// <summary>The words of such HTML as <see cref="HtmlCleaner.ToText"/> answers them; null when it has other markup.</summary>
    public static string? OfParagraphs(string html)
    {
        if (!html.StartsWith("<p>", StringComparison.Ordinal) || html.Contains('&', StringComparison.Ordinal))
        {
            return null;
        }

        var text = new HtmlText.Writer();
        var rest = html.AsSpan();
        while (rest.Length > 0)
        {
            var mark = rest.IndexOf('<');
            var words = mark < 0 ? rest : rest[..mark];
            if (words.ContainsAny(Special))
            {
                return null;
            }

            text.Words(words);
            rest = rest[words.Length..];
            var length = rest.StartsWith("<p>") ? 3 : rest.StartsWith("</p>") || rest.StartsWith("<br>") ? 4 : 0;
            if (length == 0 && rest.Length > 0)
            {
                return null;
            }

            text.Break();
            rest = rest[length..];
        }

        return text.ToString();
    }

    // Line breaks stand alone or in twos, between words.
    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAny(Special) || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if ((c < ' ' && c != '\n') || char.IsSurrogate(c))
            {
                return false;
            }

            if (c == '\n')
            {
                var next = text[i + 1] == '\n' ? i + 2 : i + 1;
                if (char.IsWhiteSpace(text[i - 1]) || char.IsWhiteSpace(text[next]))
                {
                    return false;
                }

                i = next;
            }
        }

        return true;
    }
}
