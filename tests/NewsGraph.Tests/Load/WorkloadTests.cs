using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Tags;
using NewsGraph.Load.Generate;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.Tests.Load;

/// <summary>The set that reading is measured with, small: figures mean something only when it is what it says it is.</summary>
public sealed class WorkloadTests : IDisposable
{
    private static readonly WorkloadOptions Options = WorkloadOptions.Small(articles: 400, comments: 4_000, commentsOfHot: 500, seed: 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-workload-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_set_has_exactly_the_articles_and_comments_asked_for()
    {
        var articles = new Workload(Options).Articles().ToList();

        Assert.Equal(400, articles.Count);
        Assert.Equal(400, articles.Select(a => a.Slug).Distinct().Count());
        Assert.Equal(4_000, articles.Sum(a => a.Comments.Count));
        Assert.Equal(Enumerable.Range(1, 4_000).Select(i => (long)i), articles.SelectMany(a => a.Comments).Select(c => c.Id));
        Assert.Equal(500, articles.Max(a => a.Comments.Count));
        Assert.InRange(articles.OrderByDescending(a => a.Comments.Count).Skip(1).First().Comments.Count, 20, 100);
        Assert.All(articles, a => Assert.InRange(Encoding.UTF8.GetByteCount(a.Body), 3_072, 4_000));
    }

    [Fact]
    public void Tags_are_drawn_by_popularity()
    {
        var articles = new Workload(Options with { Tags = 50 }).Articles().ToList();
        var uses = articles.SelectMany(a => a.Tags).CountBy(t => t.Slug).ToDictionary();

        Assert.All(articles, a => Assert.InRange(a.Tags.Count, 3, 8));
        Assert.All(articles, a => Assert.Equal(a.Tags.Count, a.Tags.Distinct().Count()));
        Assert.InRange(uses["tag-1"] / (double)uses["tag-10"], 2.5, 10);
        Assert.InRange(uses["tag-2"] / (double)uses["tag-20"], 2.5, 12);
    }

    [Fact]
    public void A_third_of_the_comments_answer_earlier_ones_down_to_the_third_level()
    {
        foreach (var article in new Workload(Options).Articles())
        {
            var seen = new Dictionary<long, GeneratedComment>();
            foreach (var comment in article.Comments)
            {
                Assert.True(comment.At > article.At);
                Assert.Equal(comment.ParentId == 0 ? 1 : seen[comment.ParentId].Depth + 1, comment.Depth);
                seen.Add(comment.Id, comment);
            }
        }

        var depths = new Workload(Options).Articles().SelectMany(a => a.Comments).CountBy(c => c.Depth).ToDictionary();
        Assert.InRange((depths[2] + depths[3]) / 4_000.0, 0.29, 0.31);
        Assert.Equal([1, 2, 3], depths.Keys.Order());
    }

    [Fact]
    public void The_same_seed_is_the_same_bytes_and_another_is_not()
    {
        Assert.Equal(Digest("first", Options), Digest("second", Options));
        Assert.NotEqual(Digest("third", Options with { Seed = 4 }), Digest("fourth", Options));
    }

    [Fact]
    public void The_bytes_are_those_of_every_earlier_version() => Assert.Equal(
        "CD7917AEB3507216", Convert.ToHexString(Digest("pinned", Options))[..16]);

    [Fact]
    public async Task The_gateway_imports_all_of_it_from_files_of_bounded_size()
    {
        await using var house = await ImportHouse.BuildAsync();
        var options = Options with { FileBytes = 1_000_000 };
        var files = ExportFiles.Write(new Workload(options), options, _folder.FullName, _ => { }, TestContext.Current.CancellationToken);

        var result = await house.RunFilesAsync(files);

        Assert.True(files.Count > 2);
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 1, 1_400_000));
        Assert.True(result.Succeeded);
        Assert.Equal((400, 4_000, 0), (result.Total.Articles.New, result.Total.Comments.New, result.Total.Comments.Skipped));
        await using var db = house.Open();
        Assert.Equal(4_000, await db.Set<Article>().SumAsync(a => a.CommentCount, TestContext.Current.CancellationToken));
        Assert.Equal(500, await db.Set<Tag>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, await db.Set<Comment>().MaxAsync(c => c.Depth, TestContext.Current.CancellationToken));
    }

    private byte[] Digest(string name, WorkloadOptions options)
    {
        var files = ExportFiles.Write(new Workload(options), options, Path.Combine(_folder.FullName, name), _ => { }, TestContext.Current.CancellationToken);
        return SHA256.HashData([.. files.SelectMany(File.ReadAllBytes)]);
    }
}
