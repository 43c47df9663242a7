using System.ComponentModel;
using NewsGraph.Engine.Conventions.Names;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Tests.Conventions;

public sealed class ConventionNamesTests
{
    [Description("How it is going.")]
    private enum Progress
    {
        [Description("Being looked at.")]
        InReview,

        [Description("Told by the server.")]
        HTTPStatus,
    }

    [Theory]
    [InlineData("InReview", "IN_REVIEW")]
    [InlineData("HTTPStatus", "HTTP_STATUS")]
    [InlineData("Sha256Hash", "SHA256_HASH")]
    [InlineData("V2Beta", "V2_BETA")]
    [InlineData("A1B2", "A1B2")]
    [InlineData("ID", "ID")]
    [InlineData("Flat", "FLAT")]
    [InlineData("A_Beta", "A_BETA")]
    public void Enum_values_are_upper_snake(string name, string expected) =>
        Assert.Equal(expected, ConventionNames.EnumValue(name));

    [Theory]
    [InlineData("AddArticle", "AddArticleInput")]
    [InlineData("AddArticleInput", "AddArticleInput")]
    public void Input_objects_end_in_input_once(string name, string expected) =>
        Assert.Equal(expected, ConventionNames.InputObject(name));

    [Theory]
    [InlineData("GetArticlesAsync", "articles")]
    [InlineData("Title", "title")]
    [InlineData("Get", "get")]
    [InlineData("Getaway", "getaway")]
    [InlineData("Async", "async")]
    public void Fields_lose_get_and_async(string name, string expected) =>
        Assert.Equal(expected, ConventionNames.Field(name));

    [Fact]
    public void An_enum_type_has_the_conventions_names_and_the_attributes_descriptions()
    {
        var type = new EnumType<Progress>();
        Assert.Equal("Progress", type.Name);
        Assert.Equal("How it is going.", type.Description);
        Assert.Equal(
            ["IN_REVIEW: Being looked at.", "HTTP_STATUS: Told by the server."],
            type.Values.Select(value => $"{value.Name}: {value.Description}"));
    }
}
