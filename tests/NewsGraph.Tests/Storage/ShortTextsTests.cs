using System.Text;
using NewsGraph.Gateway.Storage.Sqlite;

namespace NewsGraph.Tests.Storage;

public sealed class ShortTextsTests
{
    [Fact]
    public void The_same_short_text_is_the_same_object()
    {
        var texts = new ShortTexts();

        Assert.Same(Read(texts, "harbour"), Read(texts, "harbour"));
        Assert.Same(Read(texts, "harbour and coast"), Read(texts, "harbour and coast"));
        Assert.Same(Read(texts, "Köln und Umgebung"), Read(texts, "Köln und Umgebung"));
    }

    [Fact]
    public void Every_text_is_read_as_it_is_whatever_was_read_before_it()
    {
        var texts = new ShortTexts();
        var random = new Random(1);
        string[] parts = ["", "a", "b", "é", "ß", "日", "😀", "\0", "harbour", "-", "0", "ﬁ"];
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));

            Assert.Equal(text, Read(texts, text));
        }
    }

    [Fact]
    public void Texts_that_only_differ_in_the_middle_are_told_apart()
    {
        var texts = new ShortTexts();

        Assert.Equal("harbour-1-harbour", Read(texts, "harbour-1-harbour"));
        Assert.Equal("harbour-2-harbour", Read(texts, "harbour-2-harbour"));
    }

    [Fact]
    public void What_is_no_text_in_utf8_is_read_as_the_platform_reads_it()
    {
        byte[] bytes = [0x61, 0xFF, 0x62];

        Assert.Equal(Encoding.UTF8.GetString(bytes), new ShortTexts().Read(bytes));
    }

    private static string Read(ShortTexts texts, string text) => texts.Read(Encoding.UTF8.GetBytes(text));
}
