using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.IntegrationTests.Comments;

/// <summary>Every act there is, at the same time, on the same two articles.</summary>
public abstract class SideBySideTests(TestDatabase database) : IAsyncLifetime
{
    private const int Workers = 16;
    private const int Acts = 20;
    private const int Imports = 4;
    private const int ImportedComments = 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-side-by-side-");
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database, Settings = [$"--Storage:ConcurrentWrites={Workers}"] });
        await ImportAsync(0);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Whatever_is_done_at_once_counts_stay_true_and_feeds_tell_them_in_order()
    {
        var working = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker), TestContext.Current.CancellationToken));
        var importing = Task.Run(async () =>
        {
            for (var round = 1; round <= Imports; round++)
            {
                await ImportAsync(round);
            }
        }, TestContext.Current.CancellationToken);
        await Task.WhenAll([.. working, importing]).WaitAsync(Waiting.Limit * 2, TestContext.Current.CancellationToken);

        var articles = await _gateway.ReadAsync(db => db.Set<Article>().ToListAsync());
        var comments = await _gateway.ReadAsync(db => db.Set<Comment>().ToListAsync());
        Assert.True(comments.Count > 2 * ImportedComments);
        Assert.All(articles, a => Assert.Equal(comments.Count(c => c.ArticleId == a.Id && c.Status == CommentStatus.Approved), a.CommentCount));
        Assert.All(comments, c => Assert.Equal(comments.Count(r => r.ParentId == c.Id && r.Status == CommentStatus.Approved), c.ReplyCount));
        var published = articles.Count(a => a.Status == ArticleStatus.Published);
        Assert.Equal(published, await _gateway.ReadAsync(db => db.Set<Tag>().Select(t => t.ArticleCount).SingleAsync()));
        Assert.Equal(comments.Sum(c => c.LikeCount), await _gateway.ReadAsync(db => db.Set<FeedEvent>().CountAsync(e => e.Kind == FeedEventKind.CommentLiked)));

        await TheFeedTellsEveryCountAsync(articles.Single(a => a.Id == 1));
        var all = await _gateway.ReadAsync(db => db.Set<FeedEvent>().Where(e => e.Feed == FeedNames.Articles).OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, all.Count).Select(n => (long)n), all.Select(e => e.Number));
        var told = all.Where(e => e.SubjectId == 2 && e.Kind != FeedEventKind.ArticleUpdated).Select(e => e.Kind).ToList();
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    /// <summary>Follows the counts through the feed of the article that is always readable.</summary>
    private async Task TheFeedTellsEveryCountAsync(Article article)
    {
        var feed = FeedNames.OfArticle(article.Id);
        var events = await _gateway.ReadAsync(db => db.Set<FeedEvent>().Where(e => e.Feed == feed).OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Number));

        long count = ImportedComments;
        foreach (var entry in events.Where(e => e.Kind != FeedEventKind.CommentLiked))
        {
            count += entry.Kind switch
            {
                FeedEventKind.CommentAdded => 1,
                FeedEventKind.CommentRemoved => -1,
                _ => 0,
            };
            Assert.Equal((entry.Number, count), (entry.Number, entry.Count));
        }

        Assert.Equal(article.CommentCount, count);
    }

    private async Task WorkAsync(int worker)
    {
        // The same choices in every run; which of them meet is up to the machine.
        var random = new Random(worker);
        var ct = TestContext.Current.CancellationToken;
        for (var act = 0; act < Acts; act++)
        {
            var articleId = random.Next(1, 3);
            var comments = await _gateway.ReadAsync(db => db.Set<Comment>().Where(c => c.ArticleId == articleId).OrderBy(c => c.Id).Select(c => c.Id).Take(12).ToListAsync());
            var comment = comments[random.Next(comments.Count)];
            Task done = random.Next(9) switch
            {
                0 or 1 => PostAsync(articleId, null, $"Worker {worker}, act {act}"),
                2 or 3 => PostAsync(articleId, comment, $"Worker {worker}, act {act}"),
                4 => Get<RemoveComment>().RunAsync(comment, CommentStatus.Trash, ct),
                5 => Get<RestoreComment>().RunAsync(comment, ct),
                6 => Get<LikeComment>().RunAsync(comment, ct),
                7 => Get<EditComment>().RunAsync(comment, $"Edited by worker {worker}, act {act}", ct),
                _ when random.Next(2) == 0 => Get<PublishArticle>().RunAsync(2, ct),
                _ => Get<WithdrawArticle>().RunAsync(2, ArticleStatus.Draft, ct),
            };
            await done;
        }
    }

    private Task<PostCommentOutcome> PostAsync(long articleId, long? parent, string body) => Get<PostComment>().RunAsync(
        new PostCommentRequest(articleId, parent, "Ada", "ada@example.com", null, body, null, null), TestContext.Current.CancellationToken);

    // Each round words some comments differently, and brings a new one.
    private async Task ImportAsync(int round)
    {
        string Item(int id) => WxrFiles.Item(id, $"Article {id}", tags: "news", extra: string.Concat(
            Enumerable.Range(1, ImportedComments + round).Select(n => WxrFiles.Comment((id * 100) + n, n % 3 == 0 ? (id * 100) + 1 : 0, n % 2 == 0 ? $"Comment {n}" : $"Comment {n}, version {round}"))));
        var file = Path.Combine(_folder.FullName, $"{round}.xml");
        await File.WriteAllTextAsync(file, WxrFiles.Export(Item(1) + Item(2)), TestContext.Current.CancellationToken);

        var result = await Get<ImportWxr>().RunAsync([file], dryRun: false, null, TestContext.Current.CancellationToken);

        Assert.Null(result.Files[0].Error);
    }

    private T Get<T>()
        where T : notnull => _gateway.Services.GetRequiredService<T>();
}

public sealed class SqliteSideBySideTests() : SideBySideTests(TestDatabase.Sqlite);

public sealed class PostgresSideBySideTests() : SideBySideTests(TestDatabase.Postgres);
