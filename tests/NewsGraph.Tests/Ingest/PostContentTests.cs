using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Testing;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Ingest;

public sealed class PostContentTests
{
    [Theory]
    [InlineData("one\n\ntwo", "<p>one</p><p>two</p>")]
    [InlineData("one\ntwo", "<p>one<br>\ntwo</p>")]
    [InlineData("one\r\n \r\ntwo <b>x\ny</b>", "<p>one</p><p>two <b>x<br>\ny</b></p>")]
    [InlineData("<b>a</b>\n\n<em>b</em>", "<p><b>a</b></p><p><em>b</em></p>")]
    [InlineData("<b>a</b>\nb", "<p><b>a</b><br>\nb</p>")]
    [InlineData("one<br />\ntwo", "<p>one<br>\ntwo</p>")]
    [InlineData("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nafter", "<ul>\n<li>a</li>\n<li>b</li>\n</ul><p>after</p>")]
    [InlineData("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>")]
    [InlineData("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>")]
    [InlineData("a<!--more-->b<!--nextpage-->c", "<p>a</p><p>b</p><p>c</p>")]
    [InlineData("<!-- wp:paragraph {\"a\":\"b\"} -->\n<p>a</p>\n<!-- /wp:paragraph -->", "<p>a</p>")]
    public void Line_breaks_mean_what_they_mean_in_WordPress(string content, string html) =>
        Assert.Equal(html, PostContent.ToHtml(content).Replace("\n\n<", "<", StringComparison.Ordinal).Replace(">\n<p", "><p", StringComparison.Ordinal));

    [Theory]
    [InlineData("Ordinary [bracketed] text [sic], [1] and [the mayor said].", "Ordinary [bracketed] text [sic], [1] and [the mayor said].")]
    [InlineData("Fire at the mill [video]", "Fire at the mill [video]")]
    [InlineData("a [video of the launch] b", "a [video of the launch] b")]
    [InlineData("a [gallery ids=\"1,2\" columns=3] b [gallery]", "a  b")]
    [InlineData("[[gallery]]", "[gallery]")]
    [InlineData("[vc_row full=\"1\"]text[/vc_row]", "text")]
    [InlineData("[caption]", "[caption]")]
    public void Shortcodes_go_and_other_brackets_stay(string content, string text) =>
        Assert.Equal($"<p>{text}</p>", PostContent.ToHtml(content));

    [Fact]
    public void A_caption_becomes_a_figure()
    {
        var html = PostContent.ToHtml("before\n\n[caption id=\"a\" align=\"alignleft\" width=\"150\"]<img src=\"https://i.example/a.jpg\" alt=\"A\" onerror=\"x()\" /> The <em>old</em> mill[/caption]after");
        Assert.Contains("<figure><img src=\"https://i.example/a.jpg\" alt=\"A\"><figcaption>The <em>old</em> mill</figcaption></figure>", html, StringComparison.Ordinal);
        Assert.Contains("<p>before</p>", html, StringComparison.Ordinal);
        Assert.Contains("<p>after</p>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[embed]https://v.example/w?a=1&b=2[/embed]")]
    [InlineData("[video src=\"https://v.example/w?a=1&amp;b=2\"]")]
    [InlineData("[youtube https://v.example/w?a=1&b=2]")]
    public void An_embed_becomes_a_link(string content) =>
        Assert.Equal("<p><a href=\"https://v.example/w?a=1&amp;b=2\" rel=\"noopener\">https://v.example/w?a=1&amp;b=2</a></p>", PostContent.ToHtml(content));

    [Fact]
    public async Task No_block_mark_and_no_shortcode_survives_in_the_theme_test_data()
    {
        var items = (await WxrFiles.ReadAsync(SharedData.Path("wxr", "theme-unit-test-data.xml"))).OfType<WxrItem>().ToList();
        foreach (var item in items)
        {
            var html = PostContent.ToHtml(item.Content, "https://wpthemetestdata.wordpress.com");
            Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[caption", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[gallery ", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_blank_line_parts_the_paragraphs_of_blank_lines_xml()
    {
        var item = Assert.Single((await WxrFiles.ReadAsync(SharedData.Path("wxr", "blank-lines.xml"))).OfType<WxrItem>());
        Assert.Equal(2, PostContent.ToHtml(item.Content).Split("<p>").Length - 1);
    }
}
