using System.Buffers.Text;
using System.Text;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Tests.Feeds;

public sealed class FeedPositionTests
{
    private static readonly FeedPosition Sample = new(new Guid("8b9f2f2c-7a66-4b0e-9c55-0d5b3d6f2a10"), "article:42", 7);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    public void A_position_is_read_as_it_was_written(long number)
    {
        var position = Sample with { Number = number };

        Assert.True(FeedPosition.TryParse(position.ToString(), out var read));
        Assert.Equal(position, read);
    }

    [Fact]
    public void The_longest_name_and_number_fit() =>
        Assert.True(FeedPosition.TryParse((Sample with { Feed = new string('f', 100), Number = long.MaxValue }).ToString(), out _));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("=")]
    [InlineData("====")]
    [InlineData("not a position")]
    [InlineData("\u00e4\ud83d\ude00\ud800")]
    [InlineData("_____w")]
    public void Garbage_is_refused(string text) => Assert.False(FeedPosition.TryParse(text, out _));

    [Theory]
    [InlineData("8b9f2f2c7a664b0e9c550d5b3d6f2a10|article:42")]
    [InlineData("8b9f2f2c7a664b0e9c550d5b3d6f2a10|article:42|-1")]
    [InlineData("8b9f2f2c7a664b0e9c550d5b3d6f2a10|article:42|9223372036854775808")]
    [InlineData("8b9f2f2c7a664b0e9c550d5b3d6f2a10|article:42|7|8")]
    [InlineData("8b9f2f2c7a664b0e9c550d5b3d6f2a10|article:42|07")]
    [InlineData("8B9F2F2C7A664B0E9C550D5B3D6F2A10|article:42|7")]
    [InlineData(" 8b9f2f2c7a664b0e9c550d5b3d6f2a10|article:42|7")]
    [InlineData("8b9f2f2c-7a66-4b0e-9c55-0d5b3d6f2a10|article:42|7")]
    public void Another_content_is_refused(string content) =>
        Assert.False(FeedPosition.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content)), out _));

    [Fact]
    public void Only_the_one_text_of_a_position_is_accepted()
    {
        var text = Sample.ToString();

        Assert.False(FeedPosition.TryParse(text + "=", out _));
        Assert.False(FeedPosition.TryParse(text + "\n", out _));
        Assert.False(FeedPosition.TryParse(text.Insert(5, " "), out _));
        Assert.False(FeedPosition.TryParse(null, out _));
    }

    [Fact]
    public void A_megabyte_is_refused() => Assert.False(FeedPosition.TryParse(new string('A', 1 << 20), out _));

    [Fact]
    public void No_text_makes_it_throw()
    {
        const string Alphabet = "AQgw09-_=+/ \n|\u0000\u00e4\ud83d";
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            Assert.False(FeedPosition.TryParse(new string(random.GetItems<char>(Alphabet, random.Next(FeedPosition.MaxLength + 2))), out _));
        }

        var text = Sample.ToString();
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var c in Alphabet)
            {
                var changed = text[..at] + c + text[(at + 1)..];
                Assert.Equal(FeedPosition.TryParse(changed, out var read), read.ToString() == changed);
            }
        }
    }
}
