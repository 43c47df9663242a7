using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Testing.Specifications;

/// <summary>What is too long for an index is left out by name; what comes with it is taken.</summary>
public abstract class LongTextSpecification(TestDatabase database)
{
    private static readonly string Long = Noise(6_000);

    [Fact]
    public async Task An_article_too_long_for_an_index_is_left_out_and_its_batch_is_taken()
    {
        await using var house = await ImportHouse.BuildAsync(database);

        var summary = await house.RunAsync(WxrFiles.Export(
            WxrFiles.Item(1, "Before") + WxrFiles.Item(2, Long, slug: "long") + WxrFiles.Item(3, "Guid", guid: Long) + WxrFiles.Item(4, "After")));

        Assert.Equal(["Before", "After"], (await house.ArticlesAsync()).Select(a => a.Title));
        Assert.Equal(
            (1, 1), (summary.Articles.SkippedBy["with a title longer than 2,000 bytes"], summary.Articles.SkippedBy["with a guid longer than 2,000 bytes"]));
    }

    [Fact]
    public async Task A_tag_or_an_author_too_long_for_an_index_is_left_out_and_the_article_is_taken()
    {
        await using var house = await ImportHouse.BuildAsync(database);

        var summary = await house.RunAsync(WxrFiles.Export(
            WxrFiles.Item(1, "A", extra: $"<category domain=\"post_tag\" nicename=\"long\">{Long}</category><category domain=\"post_tag\" nicename=\"short\">Short</category><dc:creator>{Long}</dc:creator>")
            + WxrFiles.Item(2, "B", extra: $"<category domain=\"post_tag\" nicename=\"long\">{Long}</category>")));

        Assert.Equal(2, (await house.ArticlesAsync()).Count);
        Assert.Equal("short", Assert.Single(await house.TagsAsync()).Slug);
        Assert.Equal((1, 1), (summary.Tags.SkippedBy["with a name longer than 2,000 bytes"], summary.Authors.SkippedBy["with a name longer than 2,000 bytes"]));
    }

    [Fact]
    public async Task A_title_as_long_as_allowed_is_taken()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var title = Noise(2_000);

        await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, title, slug: "long")));

        Assert.Equal(title, Assert.Single(await house.ArticlesAsync()).Title);
    }

    // Nothing in it repeats, so that PostgreSQL cannot make it shorter.
    private static string Noise(int length)
    {
        var random = new Random(1);
        return new string([.. Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26)))]);
    }
}
