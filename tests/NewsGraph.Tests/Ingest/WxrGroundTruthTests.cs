using System.Text.Json;
using NewsGraph.Gateway.Ingest.Wxr;
using NewsGraph.Testing;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Ingest;

/// <summary>Every real export, against what an independent parser counted in it.</summary>
public sealed class WxrGroundTruthTests
{
    private static readonly JsonElement Truth = JsonDocument.Parse(File.ReadAllText(SharedData.Path("ground-truth", "wxr.json"))).RootElement;

    public static TheoryData<string> WellFormed => Files(wellFormed: true);

    public static TheoryData<string> Broken => Files(wellFormed: false);

    [Fact]
    public void All_22_exports_are_covered() => Assert.Equal((20, 2), (WellFormed.Count, Broken.Count));

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task The_reader_counts_what_the_independent_parser_counted(string file)
    {
        var records = await WxrFiles.ReadAsync(SharedData.Path(file.Split('/')));
        var expected = Truth.GetProperty(file);
        var site = Assert.IsType<WxrSite>(records[0]);
        var items = records.OfType<WxrItem>().ToList();
        var terms = records.OfType<WxrTerm>().ToList();
        var comments = items.SelectMany(i => i.Comments).ToList();

        Assert.Equal(expected.GetProperty("wxr_version").GetString(), site.Version);
        Assert.Equal(expected.GetProperty("channel_title").GetString() ?? "", site.Title);
        if (expected.GetProperty("base_blog_url").GetString() is { } url)
        {
            Assert.Equal(url, site.BaseUrl);
        }

        Assert.Equal(
            Numbers(expected, "declared_authors", "declared_categories", "declared_tags", "declared_terms", "items", "postmeta", "comments",
                "items_with_comments", "commentmeta", "comment_replies", "item_tag_links", "item_category_links", "distinct_item_tags",
                "empty_titles", "empty_content", "password_protected", "sticky", "creators"),
            new[]
            {
                records.OfType<WxrAuthor>().Count(), terms.Count(t => t.Element == "category"), terms.Count(t => t.Element == "tag"),
                terms.Count(t => t.Element == "term"), items.Count, items.Sum(i => i.Metas.Count), comments.Count,
                items.Count(i => i.Comments.Count > 0), comments.Sum(c => c.Metas.Count), comments.Count(c => c.ParentId != 0),
                items.Sum(i => i.Terms.Count(t => t.Taxonomy == "post_tag")), items.Sum(i => i.Terms.Count(t => t.Taxonomy == "category")),
                items.SelectMany(i => i.Terms).Where(t => t.Taxonomy == "post_tag").Select(t => t.Name).Distinct().Count(),
                items.Count(i => i.Title.Length == 0), items.Count(i => string.IsNullOrWhiteSpace(i.Content)),
                items.Count(i => i.Password.Length > 0), items.Count(i => i.IsSticky),
                items.Select(i => i.Creator).Where(c => c.Length > 0).Distinct().Count(),
            });
        Assert.Equal(Table(expected, "post_types"), Count(items, i => i.PostType));
        Assert.Equal(Table(expected, "type_status"), Count(items, i => $"{i.PostType}/{i.Status}"));
        Assert.Equal(Table(expected, "comment_approved"), Count(comments, c => c.Approved));
        Assert.Equal(Table(expected, "comment_types"), Count(comments, c => c.Type.Length == 0 ? "(empty)" : c.Type));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_export_is_refused_at_the_line_the_independent_parser_names(string file)
    {
        var refusal = await Assert.ThrowsAsync<WxrException>(() => WxrFiles.ReadAsync(SharedData.Path(file.Split('/'))));
        Assert.Contains($"line {refusal.Line},", Truth.GetProperty(file).GetProperty("parser_message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static TheoryData<string> Files(bool wellFormed) =>
        [.. Truth.EnumerateObject().Where(p => p.Value.GetProperty("well_formed").GetBoolean() == wellFormed).Select(p => p.Name)];

    private static int[] Numbers(JsonElement truth, params string[] names) => [.. names.Select(n => truth.GetProperty(n).GetInt32())];

    private static SortedDictionary<string, int> Table(JsonElement truth, string name) =>
        new(truth.GetProperty(name).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32()));

    private static SortedDictionary<string, int> Count<T>(IEnumerable<T> all, Func<T, string> key) =>
        new(all.GroupBy(key).ToDictionary(g => g.Key, g => g.Count()));
}
