using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Testing.Specifications;

public abstract class ImportSpecification(TestDatabase database)
{
    [Fact]
    public async Task A_broken_file_gets_one_line_and_leaves_the_database_as_it_was()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var broken = SharedData.Path("wxr", "malformed.xml");
        var good = SharedData.Path("wxr", "slashes.xml");

        var result = await house.RunFilesAsync([broken]);
        Assert.False(result.Succeeded);
        Assert.StartsWith($"{broken}:90: not well-formed XML", result.Files[0].Error, StringComparison.Ordinal);
        Assert.Empty(await house.TagsAsync());
        Assert.Empty(await house.AuthorsAsync());

        result = await house.RunFilesAsync([broken, good, "missing.xml"]);
        Assert.Equal([true, false, true], result.Files.Select(f => f.Error is not null));
        Assert.Equal("missing.xml: there is no such file", result.Files[2].Error);
        Assert.Single(await house.ArticlesAsync());
    }

    [Fact]
    public async Task Backslashes_come_through_to_the_body_and_the_comment()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunFilesAsync([SharedData.Path("wxr", "slashes.xml")]);
        Assert.Equal("Slashes aren\\'t \\\"cool\\\"", Assert.Single(await house.ArticlesAsync()).BodyText);
        Assert.Equal(@"\o/ ¯\_(ツ)_/¯", Assert.Single(await house.CommentsAsync()).BodyText);
    }

    [Fact]
    public async Task A_changed_article_is_found_again_and_changed_and_nothing_is_deleted()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "One", tags: "a,b") + WxrFiles.Item(2, "Two")));
        var ids = (await house.ArticlesAsync()).ConvertAll(a => a.Id);

        var summary = await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "One, corrected", tags: "a", slug: "one")));

        Assert.Equal((0, 1, 0), (summary.Articles.New, summary.Articles.Changed, summary.Articles.Unchanged));
        var articles = await house.ArticlesAsync();
        Assert.Equal(ids, articles.ConvertAll(a => a.Id));
        Assert.Equal(("One, corrected", "one"), (articles[0].Title, articles[0].Slug));
        Assert.Equal([1, 1], (await house.TagsAsync()).ConvertAll(t => t.ArticleCount));
    }

    [Fact]
    public async Task An_article_moves_in_the_lists_of_its_tags_and_authors_with_its_date_and_leaves_them()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        foreach (var (day, status, date, listed) in new[] { (1, "publish", "2026-10-01", true), (2, "publish", "2026-09-01", true), (2, "publish", "2026-09-01", true), (3, "private", "2026-09-01", false), (4, "publish", "2026-10-02", true) })
        {
            var changed = $"<wp:post_modified_gmt>2026-11-0{day} 08:00:00</wp:post_modified_gmt>";
            await house.RunAsync(WxrFiles.Export(
                WxrFiles.Item(1, "One", tags: "a", status: status, date: $"{date} 08:00:00", extra: changed) + WxrFiles.Item(2, "Two", tags: "a", status: "draft")));

            await using var db = house.Open();
            DateTime?[] expected = [listed ? DateTime.Parse($"{date}T08:00:00Z", null, System.Globalization.DateTimeStyles.AdjustToUniversal) : null, null];
            Assert.Equal(expected, await db.Set<ArticleTag>().OrderBy(l => l.ArticleId).Select(l => l.ListedAt).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Equal(listed ? 1 : 0, await db.Set<ArticleTotals>().Select(t => t.PublicCount).SingleAsync(TestContext.Current.CancellationToken));
            Assert.Equal(expected, await db.Set<ArticleAuthor>().OrderBy(l => l.ArticleId).Select(l => l.ListedAt).ToListAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Categories_and_tags_with_one_slug_are_one_tag_counted_over_published_articles()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var summary = await house.RunAsync(WxrFiles.Export(
            """
            <wp:category><wp:category_nicename>news</wp:category_nicename><wp:cat_name>News</wp:cat_name><wp:category_description>All of it</wp:category_description></wp:category>
            <wp:tag><wp:tag_slug>news</wp:tag_slug><wp:tag_name>news!</wp:tag_name></wp:tag>
            <wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>menu</wp:term_slug><wp:term_name>Menu</wp:term_name></wp:term>
            """ + WxrFiles.Item(1, "One", tags: "news") + WxrFiles.Item(2, "Two", tags: "news", status: "draft")));

        var tag = Assert.Single(await house.TagsAsync());
        Assert.Equal(("News", "All of it", 1), (tag.Name, tag.Description, tag.ArticleCount));
        Assert.Equal((1, 1), (summary.Tags.New, summary.Tags.SkippedBy["of taxonomy nav_menu"]));
    }

    [Fact]
    public async Task Equal_slugs_are_numbered_and_a_missing_one_comes_from_the_title()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var export = WxrFiles.Export(WxrFiles.Item(1, "A", slug: "same") + WxrFiles.Item(2, "B", slug: "same") + WxrFiles.Item(3, "Ça va, naïve Übung?") + WxrFiles.Item(4, "Γειά σου"));
        await house.RunAsync(export);
        await house.RunAsync(export);
        Assert.Equal(["same", "same-2", "ca-va-naive-ubung", "γειά-σου"], (await house.ArticlesAsync()).ConvertAll(a => a.Slug));
    }

    [Fact]
    public async Task Equal_guids_are_told_apart_by_the_post_id()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var export = WxrFiles.Export(WxrFiles.Item(1, "A", guid: "g") + WxrFiles.Item(2, "B", guid: "g") + WxrFiles.Item(2, "B", guid: "g"));
        var first = await house.RunAsync(export);
        Assert.Equal((2, 1), (first.Articles.New, first.Articles.SkippedBy["listed twice"]));
        Assert.Equal(2, (await house.RunAsync(export)).Articles.Unchanged);
    }

    [Fact]
    public async Task A_lead_image_is_found_after_the_article_and_its_metadata_is_only_searched()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunAsync(WxrFiles.Export(
            WxrFiles.Item(1, "A", extra: "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>")
            + """
              <item><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://site.example/a.jpg</wp:attachment_url>
              <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A boat</wp:meta_value></wp:postmeta>
              <wp:postmeta><wp:meta_key>_wp_attachment_metadata</wp:meta_key><wp:meta_value><![CDATA[O:4:"Evil":0:{}a:2:{s:5:"width";i:1024;s:6:"height";s:3:"768";s:5:"width";i:1;}]]></wp:meta_value></wp:postmeta></item>
              """));
        var image = Assert.Single(await house.ArticlesAsync()).Image!;
        Assert.Equal(("https://site.example/a.jpg", "A boat", 1024, 768), (image.Url, image.Alt, image.Width, image.Height));
    }

    [Fact]
    public async Task Replies_find_their_place_whatever_the_order_and_whatever_is_missing()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var summary = await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "A", extra:
            WxrFiles.Comment(4, 3, "reply to a reply") + WxrFiles.Comment(3, 1, "reply") + WxrFiles.Comment(1, 0, "top")
            + WxrFiles.Comment(5, 99, "orphan") + WxrFiles.Comment(6, 1, "ping", type: "pingback") + WxrFiles.Comment(7, 6, "under a ping")
            + WxrFiles.Comment(8, 9, "circle") + WxrFiles.Comment(9, 8, "circle too") + WxrFiles.Comment(10, 1, "pending", approved: "0") + WxrFiles.Comment(11, 0, "spam", approved: "spam"))));

        var comments = (await house.CommentsAsync()).ToDictionary(c => c.BodyText);
        Assert.Equal((9, 1), (summary.Comments.New, summary.Comments.SkippedBy["pingback"]));
        Assert.Equal((comments["reply"].Id, 3), (comments["reply to a reply"].ParentId, comments["reply to a reply"].Depth));
        Assert.Equal(comments["top"].Id, comments["under a ping"].ParentId);
        Assert.Null(comments["orphan"].ParentId);
        Assert.Null(comments["circle"].ParentId);
        Assert.Equal(comments["circle"].Id, comments["circle too"].ParentId);
        Assert.Equal(2, comments["top"].ReplyCount);
        Assert.Equal((CommentStatus.Pending, CommentStatus.Spam), (comments["pending"].Status, comments["spam"].Status));
        Assert.Equal(7, Assert.Single(await house.ArticlesAsync()).CommentCount);
    }

    [Fact]
    public async Task What_a_moderator_removed_stays_removed()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var export = WxrFiles.Export(WxrFiles.Item(1, "A", extra: WxrFiles.Comment(1, 0, "rude")));
        await house.RunAsync(export);
        await house.ChangeAsync(db => db.Set<Comment>().ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, CommentStatus.Trash)));

        Assert.Equal(1, (await house.RunAsync(export)).Comments.Unchanged);
        Assert.Equal(CommentStatus.Trash, Assert.Single(await house.CommentsAsync()).Status);
        Assert.Equal(0, Assert.Single(await house.ArticlesAsync()).CommentCount);
    }

    [Fact]
    public async Task An_older_export_does_not_undo_a_newer_one()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "New", extra: "<wp:post_modified_gmt>2026-10-02 00:00:00</wp:post_modified_gmt>")));
        var summary = await house.RunAsync(WxrFiles.Export(WxrFiles.Item(1, "Old", extra: "<wp:post_modified_gmt>2026-10-01 00:00:00</wp:post_modified_gmt>")));
        Assert.Equal(1, summary.Articles.SkippedBy["older than what is stored"]);
        Assert.Equal("New", Assert.Single(await house.ArticlesAsync()).Title);
    }

    [Fact]
    public async Task Without_dates_a_second_run_later_changes_nothing()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        var export = WxrFiles.Export(WxrFiles.Item(1, "A", date: "0000-00-00 00:00:00"));
        await house.RunAsync(export);
        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await house.RunAsync(export)).Articles.Unchanged);
        Assert.Equal(new DateTime(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc), Assert.Single(await house.ArticlesAsync()).PublishedAt);
    }

    [Fact]
    public async Task Hostile_markup_is_gone_from_every_text()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunAsync(WxrFiles.Export(WxrFiles.Item(
            1,
            "T &lt;script&gt;alert(1)&lt;/script&gt;",
            content: "<p onmouseover=\"alert(1)\">x</p><script>alert(1)</script><a href=\"javascript:alert(1)\">y</a>",
            extra: WxrFiles.Comment(1, 0, "<img src=x onerror=alert(1)><b>hi</b>"))));
        var article = Assert.Single(await house.ArticlesAsync());
        Assert.Equal(("T", "<p>x</p><p>y</p>"), (article.Title, article.Body));
        Assert.Equal("<p><b>hi</b></p>", Assert.Single(await house.CommentsAsync()).Body);
    }

    [Fact]
    public async Task Statuses_dates_and_the_open_door_are_taken_over()
    {
        await using var house = await ImportHouse.BuildAsync(database);
        await house.RunAsync(WxrFiles.Export(
            WxrFiles.Item(1, "A", extra: "<wp:comment_status>closed</wp:comment_status>") + WxrFiles.Item(2, "B", status: "draft") + WxrFiles.Item(3, "C", status: "private")
            + WxrFiles.Item(4, "D", status: "future", date: "2030-01-01 00:00:00") + WxrFiles.Item(5, "E", status: "trash") + WxrFiles.Item(6, "F", status: "pending")));
        var articles = await house.ArticlesAsync();
        Assert.Equal(
            [ArticleStatus.Published, ArticleStatus.Draft, ArticleStatus.Private, ArticleStatus.Scheduled, ArticleStatus.Trash, ArticleStatus.Pending],
            articles.Select(a => a.Status));
        Assert.Equal([false, true, true, true, true, true], articles.Select(a => a.CommentsOpen));
        Assert.Equal(new DateTime(2026, 10, 1, 8, 0, 0, DateTimeKind.Utc), articles[0].PublishedAt);
        Assert.Null(articles[1].PublishedAt);
    }
}
