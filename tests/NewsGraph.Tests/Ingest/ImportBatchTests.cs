using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Ingest;

/// <summary>A file is written in batches: others write in between, and what is cut off can be completed.</summary>
public sealed class ImportBatchTests
{
    private const int Posts = 650;

    // Enough text that progress is told several times while the file is imported.
    private static readonly string Content = string.Concat(Enumerable.Repeat("A long paragraph about the harbour. ", 40));

    private static readonly string Export = WxrFiles.Export(string.Concat(Enumerable.Range(1, Posts).Select(n =>
        WxrFiles.Item(n, $"Post {n}", tags: n % 2 == 0 ? "even,all" : "all", content: Content, extra: WxrFiles.Comment(n, 0, $"Comment {n}")))));

    [Fact]
    public async Task Others_write_while_a_file_is_imported()
    {
        await using var house = await ImportHouse.BuildAsync();
        var seen = 0;
        var import = await RunAsync(house, cancellation: null, () =>
        {
            // The import stands still until this write is durable: with the file in one transaction, that would be never.
            house.ChangeAsync(async db =>
            {
                seen = await db.Set<Article>().CountAsync(TestContext.Current.CancellationToken);
                db.Add(new Tag { Name = "Meanwhile", Slug = "meanwhile" });
            }).WaitAsync(Waiting.Limit).GetAwaiter().GetResult();
        });

        Assert.InRange(seen, 200, Posts - 1);
        Assert.Equal(Posts, import.Total.Articles.New);
        Assert.Contains(await house.TagsAsync(), t => t.Slug == "meanwhile");
    }

    [Fact]
    public async Task An_import_that_is_cut_off_is_completed_by_running_it_again()
    {
        await using var whole = await ImportHouse.BuildAsync();
        await whole.RunAsync(Export);
        await using var house = await ImportHouse.BuildAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(house, cancellation, cancellation.Cancel));
        var written = (await house.ArticlesAsync()).Count;
        Assert.Equal(written, (await house.TagsAsync()).Single(t => t.Slug == "all").ArticleCount);
        var second = await house.RunAsync(Export);

        Assert.InRange(written, 200, Posts - 1);
        Assert.Equal((Posts - written, 0, written), (second.Articles.New, second.Articles.Changed, second.Articles.Unchanged));
        Assert.Equal(
            (await whole.ArticlesAsync()).Select(a => (a.Slug, a.CommentCount)), (await house.ArticlesAsync()).Select(a => (a.Slug, a.CommentCount)));
        Assert.Equal((await whole.TagsAsync()).Select(t => (t.Slug, t.ArticleCount)), (await house.TagsAsync()).Select(t => (t.Slug, t.ArticleCount)));
        Assert.Equal((await whole.CommentsAsync()).Count, (await house.CommentsAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_breaks_at_its_very_end_leaves_nothing_behind()
    {
        await using var house = await ImportHouse.BuildAsync();
        var file = house.WriteFile("broken.xml", Export.Replace("</channel>", "</chanel>", StringComparison.Ordinal));

        var result = await house.RunFilesAsync([file]);

        Assert.StartsWith($"{file}:", result.Files[0].Error, StringComparison.Ordinal);
        Assert.Empty(await house.ArticlesAsync());
        Assert.Empty(await house.TagsAsync());
    }

    [Fact]
    public async Task A_lead_image_may_be_in_another_file_of_the_same_import()
    {
        await using var house = await ImportHouse.BuildAsync();
        var articles = house.WriteFile("articles.xml", WxrFiles.Export(WxrFiles.Item(1, "A", extra: Thumbnail(9))));
        var media = house.WriteFile("media.xml", WxrFiles.Export(Attachment(9, "https://site.example/a.jpg") + Attachment(10, "https://site.example/b.jpg")));
        var elsewhere = house.WriteFile("elsewhere.xml", WxrFiles.Export(Attachment(9, "https://other.example/c.jpg"))
            .Replace("https://site.example</wp:base", "https://other.example</wp:base", StringComparison.Ordinal));

        await house.RunFilesAsync([elsewhere, articles, media]);

        Assert.Equal("https://site.example/a.jpg", Assert.Single(await house.ArticlesAsync()).Image?.Url);
    }

    private static string Thumbnail(int id) =>
        $"<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{id}</wp:meta_value></wp:postmeta>";

    private static string Attachment(int id, string url) =>
        $"<item><wp:post_id>{id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>{url}</wp:attachment_url></item>";

    /// <summary>Imports the file, and does something once while it is being written.</summary>
    private static Task<ImportResult> RunAsync(ImportHouse house, CancellationTokenSource? cancellation, Action halfway)
    {
        var file = house.WriteFile("export.xml", Export);
        return house.Import.RunAsync([file], dryRun: false, new Halfway(halfway), cancellation?.Token ?? TestContext.Current.CancellationToken);
    }

    private sealed class Halfway(Action act) : IProgress<ImportProgress>
    {
        private bool _done;

        public void Report(ImportProgress value)
        {
            if (!_done && value is { Step: ImportStep.Importing, Items: > 300 })
            {
                _done = true;
                act();
            }
        }
    }
}
