using System.Text.Json;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Testing.Specifications;

/// <summary>Every real export into a database, against what an independent parser counted in it.</summary>
public abstract class ImportGroundTruthSpecification(TestDatabase database)
{
    private static readonly JsonElement Truth = JsonDocument.Parse(File.ReadAllText(SharedData.Path("ground-truth", "wxr.json"))).RootElement;

    public static TheoryData<string> WellFormed =>
        [.. Truth.EnumerateObject().Where(file => file.Value.GetProperty("well_formed").GetBoolean()).Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(WellFormed))]
    public async Task An_export_comes_in_whole_and_a_second_time_changes_nothing(string file)
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var path = SharedData.Path(file.Split('/'));
        var expected = Truth.GetProperty(file);
        var types = expected.GetProperty("post_types");
        var posts = types.TryGetProperty("post", out var count) ? count.GetInt32() : 0;

        var rehearsal = await house.RunFilesAsync([path], dryRun: true);
        Assert.Empty(await house.TagsAsync());
        var first = await house.RunFilesAsync([path]);
        Assert.Equal(Lines(first.Total), Lines(rehearsal.Total));
        Assert.Equal(posts, first.Total.Articles.New);
        Assert.Equal(expected.GetProperty("items").GetInt32() - posts, first.Total.Articles.Skipped);
        Assert.Equal(expected.GetProperty("comments").GetInt32(), first.Total.Comments.New + first.Total.Comments.Skipped);

        var articles = await house.ArticlesAsync();
        var comments = await house.CommentsAsync();
        Assert.Equal(expected.GetProperty("published_posts").GetInt32(), articles.Count(a => a.Status == ArticleStatus.Published));
        Assert.Equal(expected.GetProperty("password_protected").GetInt32(), articles.Count(a => a.IsProtected));
        Assert.Equal(articles.Count, articles.Select(a => a.Slug).Distinct().Count());
        Assert.All(articles, a => Assert.Equal(a.IsProtected ? 0 : comments.Count(c => c.ArticleId == a.Id && c.Status == CommentStatus.Approved), a.CommentCount));
        Assert.All(articles, a => Assert.Equal(a.IsProtected ? 0 : Threads(comments, a.Id), a.ThreadCount));
        Assert.All(comments, c => Assert.Equal(comments.Count(r => r.ParentId == c.Id && r.Status == CommentStatus.Approved), c.ReplyCount));
        Assert.All(comments, c => Assert.Equal(1 + (comments.SingleOrDefault(p => p.Id == c.ParentId)?.Depth ?? 0), c.Depth));

        var second = await house.RunFilesAsync([path]);
        Assert.Equal((0, 0, 0, 0), News(second.Total));
        Assert.Equal((0, 0, 0, 0), Changes(second.Total));
        Assert.Equal(posts, second.Total.Articles.Unchanged);
        Assert.Equal(first.Total.Comments.New, second.Total.Comments.Unchanged);
    }

    [Fact]
    public async Task All_exports_in_one_call_settle_at_once()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var files = Directory.GetFiles(SharedData.Path("wxr"), "*.xml").Order(StringComparer.Ordinal).ToList();

        var first = await house.RunFilesAsync(files);
        var second = await house.RunFilesAsync(files);

        Assert.Equal(2, first.Files.Count(f => f.Error is not null));
        Assert.True(first.Total.Articles.New > 70);
        Assert.Equal((0, 0, 0, 0), News(second.Total));
        Assert.Equal((0, 0, 0, 0), Changes(second.Total));
    }

    [Fact]
    public async Task The_theme_test_data_comes_in_as_counted_by_hand()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var summary = (await house.RunFilesAsync([SharedData.Path("wxr", "theme-unit-test-data.xml")])).Total;

        Assert.Equal(new Dictionary<string, int> { ["attachment"] = 37, ["nav_menu_item"] = 70, ["page"] = 21 }, summary.Articles.SkippedBy);
        var comments = await house.CommentsAsync();
        Assert.Equal(10, comments.Max(c => c.Depth));
        Assert.Equal(2, summary.Comments.SkippedBy["pingback"]);
        Assert.Equal(2, summary.Comments.SkippedBy["trackback"]);

        var articles = await house.ArticlesAsync();
        Assert.All(articles, a => Assert.DoesNotContain('<', a.Standfirst ?? ""));
        Assert.All(articles.Where(a => a.IsProtected), a => Assert.Equal(("", "", null, false), (a.Body, a.BodyText, a.Standfirst, a.CommentsOpen)));
        Assert.All(await house.TagsAsync(), t => Assert.True(t.ArticleCount >= 0));
    }

    private static (int, int, int, int) News(ImportSummary s) => (s.Articles.New, s.Tags.New, s.Authors.New, s.Comments.New);

    private static (int, int, int, int) Changes(ImportSummary s) => (s.Articles.Changed, s.Tags.Changed, s.Authors.Changed, s.Comments.Changed);

    private static List<string> Lines(ImportSummary s) =>
        [.. new[] { s.Articles, s.Tags, s.Authors, s.Comments }.Select(c => $"{c.New}/{c.Changed}/{c.Unchanged}/{string.Join(',', c.SkippedBy)}")];

    private static int Threads(IReadOnlyList<Comment> comments, long articleId)
    {
        var visible = comments.Where(c => c.ArticleId == articleId && c.Status == CommentStatus.Approved).ToDictionary(c => c.Id);
        return visible.Values.Count(c => c.ParentId is not { } parent || !visible.ContainsKey(parent));
    }
}
