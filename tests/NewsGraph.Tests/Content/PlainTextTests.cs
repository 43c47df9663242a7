using NewsGraph.Gateway.Content;

namespace NewsGraph.Tests.Content;

/// <summary>The short way for texts without markup answers what the long one does, or leaves the text to it.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("One line.")]
    [InlineData("One.\n\nTwo.\nThree “quoted” it's é – 100 % “sure”")]
    [InlineData("a \"b\" 'c' / d; e=f")]
    public void A_plain_comment_takes_the_short_way(string text)
    {
        var html = PlainText.ToComment(text);

        Assert.Equal(HtmlCleaner.CleanMarkup(text), html);
        Assert.Equal(HtmlCleaner.ReadMarkup(html!), PlainText.OfParagraphs(html!));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a\n")]
    [InlineData("a <b>c</b>")]
    [InlineData("a & b")]
    [InlineData("a\n\n\nb")]
    [InlineData("a \nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\u00A0b")]
    public void Another_is_left_to_the_long_way(string text) => Assert.Null(PlainText.ToComment(text));

    [Fact]
    public void No_text_is_read_otherwise_by_the_short_way()
    {
        string[] pieces = ["a", "word", " ", "  ", "\n", "\n\n", "\n \n", "\t", "\r\n", ".", "&", "&amp;", "<", ">", "<p>", "</p>", "<br>", "<em>x</em>", "é", "😀", "\uD83D", "\u00A0", "\u0085", "\u2028", "\u200B", "\uFEFF", "\0", "\u001F", "\"", "'"];
        var random = new Random(4);
        for (var i = 0; i < 6_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));

            Assert.Equal(HtmlCleaner.CleanMarkup(text), PlainText.ToComment(text) ?? HtmlCleaner.CleanMarkup(text));
            Assert.Equal(HtmlCleaner.ReadMarkup("<p>" + text), PlainText.OfParagraphs("<p>" + text) ?? HtmlCleaner.ReadMarkup("<p>" + text));
        }
    }
}
