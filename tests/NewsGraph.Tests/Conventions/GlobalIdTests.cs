using System.Text;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Conventions.Errors;
using NewsGraph.Engine.Conventions.Nodes;

namespace NewsGraph.Tests.Conventions;

public sealed class GlobalIdTests
{
    private static readonly Guid Sample = Guid.Parse("6f1c2f6e-9d5c-4a7e-8a3b-0d6c1b2a3f4e");

    [Fact]
    public void Ids_are_written_byte_for_byte_as_the_reference_says()
    {
        Assert.Equal("QXJ0aWNsZTo0Mg==", GlobalId.Format("Article", 42));
        Assert.Equal("QXJ0aWNsZTpuLxxvXJ1+Soo7DWwbKj9O", GlobalId.Format("Article", Sample));
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes("Tag:höhe:1")), GlobalId.Format("Tag", "höhe:1"));
    }

    [Theory]
    [InlineData("QXJ0aWNsZTo0Mg==")]
    [InlineData("QXJ0aWNsZTo0Mg")]
    [InlineData("QXJ0aWNsZTo0Mg=")]
    [InlineData("QXJ0aWNsZTo0Mg====")]
    [InlineData("QXJ0aWNsZQppNDI=")]
    [InlineData("QXJ0aWNsZQpsNDI=")]
    public void Both_forms_and_any_padding_are_read(string text)
    {
        Assert.True(GlobalId.TryParse(text, out var id));
        Assert.Equal(new GlobalId("Article", "42"), id);
        Assert.True(id.TryGetInt64(out var number));
        Assert.Equal(42, number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("====")]
    [InlineData("42")]
    [InlineData("QXJ0a")]
    [InlineData("not base64!")]
    [InlineData("QXJ0aWNsZTo=")]
    [InlineData("OjQy")]
    public void Anything_else_is_no_id(string? text) => Assert.False(GlobalId.TryParse(text, out _));

    [Fact]
    public void Text_longer_than_the_limit_is_refused_and_at_the_limit_read()
    {
        var longest = GlobalId.Format("Article", new string('x', 760));
        Assert.Equal(GlobalId.MaxLength, longest.Length);
        Assert.True(GlobalId.TryParse(longest, out _));
        Assert.False(GlobalId.TryParse(GlobalId.Format("Article", new string('x', 761)), out _));
    }

    [Fact]
    public void A_guid_comes_back_from_its_bytes_from_hex_and_from_bytes_that_happen_to_be_text()
    {
        var readable = new Guid(Encoding.ASCII.GetBytes("sixteen letters!"));
        var hex = GlobalId.Format("Article", Sample.ToString("N"));
        foreach (var (text, expected) in new[]
        {
            (GlobalId.Format("Article", Sample), Sample), (hex, Sample), (GlobalId.Format("Article", readable), readable),
        })
        {
            Assert.True(GlobalId.TryParse(text, out var id));
            Assert.True(id.TryGetGuid(out var guid));
            Assert.Equal(expected, guid);
        }

        Assert.False(new GlobalId("Article", "42").TryGetGuid(out _));
    }

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("-5", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("+5", false)]
    [InlineData(" 5", false)]
    [InlineData("5x", false)]
    public void Only_a_plain_number_of_64_bits_is_a_number(string value, bool expected) =>
        Assert.Equal(expected, new GlobalId("Article", value).TryGetInt64(out _));

    [Fact]
    public void An_id_of_another_type_is_refused_with_the_text_that_was_sent()
    {
        var text = GlobalId.Format("Tag", 3);
        var error = Assert.Throws<RequestError>(() => GlobalIdArguments.Parse(text, "Article"));
        Assert.Contains("`Tag`", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, error.Extensions!["originalValue"]);
    }

    [Fact]
    public void Bad_text_is_refused_with_the_prescribed_message()
    {
        var error = Assert.Throws<RequestError>(() => GlobalIdArguments.Parse("nonsense!", "Article"));
        Assert.Equal(ErrorMessages.InvalidNodeId, error.Message);
        Assert.Null(error.Code);
        Assert.Equal("nonsense!", error.Extensions!["originalValue"]);
        Assert.Null(GlobalIdArguments.ParseOptional(null, "Article"));
    }
}
