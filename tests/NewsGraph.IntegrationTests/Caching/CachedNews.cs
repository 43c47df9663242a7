using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Ingest;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Ingest;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>What readers ask of a gateway that keeps results, and every kind of act that changes it.</summary>
internal sealed class CachedNews(TestGateway gateway, int seed)
{
    /// <summary>Switches the cache on; the position check comes when a test makes it.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["--ResponseCache:Enabled=true", "--Feeds:PositionCheckInterval=00:01:00"];

    private const string Page = """
        query Page($slug: String!) { articleBySlug(slug: $slug) { id slug title standfirst body publishedAt commentCount commentsOpen
          tags { name slug } authors { name } nextPost { slug } relatedPosts(first: 5) { article { id slug title publishedAt commentCount tags { name } } score }
          comments(first: 20, order: [{ createdAt: DESC }]) { totalCount position
            nodes { id authorName bodyText editedAt likeCount replyCount replies(first: 3) { totalCount nodes { id bodyText likeCount replyCount } } } } } }
        """;

    private const string Counts = """
        query Counts($slug: String!) { articleBySlug(slug: $slug) { commentCount comments(first: 1) { totalCount } } }
        """;

    private const string Front = """
        { articles(first: 20) { nodes { id slug title publishedAt commentCount tags { name articleCount } } pageInfo { hasNextPage endCursor } totalCount } }
        """;

    private const string FrontOfTag = """
        query($tag: String!) { articles(first: 20, where: { tags: { some: { slug: { eq: $tag } } } }, order: [{ publishedAt: DESC }]) { nodes { slug title commentCount } } }
        """;

    private const string MostCommented = "{ articles(first: 3, order: [{ commentCount: DESC }]) { nodes { slug } } }";

    private const string Tags = "{ tags(first: 20) { nodes { name articleCount articles(first: 2) { nodes { slug } totalCount } } } tagBySlug(slug: \"new1\") { name } authors(first: 20) { nodes { name articles(first: 2) { nodes { slug commentCount } } } } }";

    private const string Nodes = "query($a: ID!, $c: ID!) { a: node(id: $a) { id ... on Article { title commentCount } } c: node(id: $c) { id ... on Comment { bodyText likeCount article { title } parent { bodyText } } } }";

    private const string Feed = "query($id: ID!) { commentFeed(articleId: $id) { position hasMore } }";

    private readonly Random _random = new(seed);
    private int _posts;

    /// <summary>The queries, each with variables.</summary>
    public async Task<List<(string Query, object? Variables)>> QueriesAsync()
    {
        var (articles, comments) = (await ArticlesAsync(), await CommentsAsync());
        var queries = new List<(string, object?)> { (Front, null), (MostCommented, null), (Tags, null), (Page, new { slug = "article-none" }), (Page, new { slug = "new-1" }) };
        foreach (var article in articles.Take(8))
        {
            queries.Add((Page, new { slug = article.Slug }));
            queries.Add((Counts, new { slug = article.Slug }));
            queries.Add((Feed, new { id = GlobalId.Format("Article", article.Id) }));
        }

        queries.AddRange(Enumerable.Range(0, 4).Select(tag => (FrontOfTag, (object?)new { tag = $"tag{tag}" })));
        queries.AddRange(comments.Take(6).Select((comment, place) => (
            Nodes, (object?)new { a = GlobalId.Format("Article", articles[place % articles.Count].Id), c = GlobalId.Format("Comment", comment.Id) })));
        return queries;
    }

    /// <summary>The answer as anybody gets it, or, past the cache, as somebody does.</summary>
    public static async Task<string> AskAsync(TestGateway node, (string Query, object? Variables) asked, bool live = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = asked.Query, variables = asked.Variables }) };
        if (live)
        {
            request.Headers.Add("Authorization", "Bearer nobody");
        }

        using var response = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>One act of a random kind, acknowledged; its name.</summary>
    public async Task<string> ActAsync(TestGateway node)
    {
        var articles = await ArticlesAsync();
        var comments = await CommentsAsync();
        var article = articles[_random.Next(Math.Min(10, articles.Count))];
        var comment = comments[_random.Next(comments.Count)];
        var (kind, services, token) = (_random.Next(15), node.Services, TestContext.Current.CancellationToken);
        switch (kind)
        {
            case 0 or 1:
                var answers = _random.Next(2) == 0 && comment.ArticleId == article.Id ? comment.Id : (long?)null;
                await services.GetRequiredService<PostComment>().RunAsync(
                    new PostCommentRequest(article.Id, answers, "Ada", "ada@example.com", null, $"Post {++_posts} of {seed}", null, null), token);
                return "post";
            case 2:
                await services.GetRequiredService<PostComment>().RunAsync(
                    new PostCommentRequest(comment.ArticleId, comment.Id, "Ada", "ada@example.com", null, $"Answer {++_posts} of {seed}", null, null), token);
                return "answer";
            case 3:
                await services.GetRequiredService<EditComment>().RunAsync(comment.Id, $"Edited {++_posts}", token);
                return "edit";
            case 4:
                await services.GetRequiredService<RemoveComment>().RunAsync(comment.Id, CommentStatus.Trash, token);
                return "remove";
            case 5:
                await services.GetRequiredService<RestoreComment>().RunAsync(comment.Id, token);
                return "restore";
            case 6 or 7:
                await services.GetRequiredService<LikeComment>().RunAsync(comment.Id, token);
                return "like";
            case 8:
                await services.GetRequiredService<CloseComments>().RunAsync(article.Id, token);
                return "close";
            case 9:
                await services.GetRequiredService<OpenComments>().RunAsync(article.Id, token);
                return "open";
            case 10:
                await services.GetRequiredService<PublishArticle>().RunAsync(article.Id, token);
                return "publish";
            case 11:
                await services.GetRequiredService<WithdrawArticle>().RunAsync(article.Id, ArticleStatus.Draft, token);
                return "withdraw";
            case 12:
                await ImportAsync(services, ++_posts);
                return "import";
            case 13:
                await node.WriteAsync(async db =>
                {
                    (await db.Set<Article>().SingleAsync(a => a.Id == article.Id, token)).Title = $"Title {++_posts}";
                    (await db.Set<Author>().OrderBy(a => a.Id).FirstAsync(token)).Name = $"Author {_posts}";
                });
                return "update";
            default:
                await node.WriteAsync(async db =>
                {
                    var link = await db.Set<ArticleTag>().OrderBy(l => l.ArticleId).FirstAsync(token);
                    await db.Set<ArticleTag>().Where(l => l.ArticleId == link.ArticleId && l.TagId == link.TagId).ExecuteDeleteAsync(token);
                    await db.Set<Tag>().Where(t => t.Id == link.TagId)
                        .ExecuteUpdateAsync(set => set.SetProperty(t => t.ArticleCount, t => t.ArticleCount - 1).SetProperty(t => t.Revision, t => t.Revision + 1), token);
                });
                return "untag";
        }
    }

    private static async Task ImportAsync(IServiceProvider services, int number)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, WxrFiles.Export(WxrFiles.Item(number, $"New {number}", slug: $"new-{number % 2}-{number}", tags: "tag0,new1", extra: WxrFiles.Comment(1, 0, "First"))));
            var result = await services.GetRequiredService<ImportWxr>().RunAsync([file], dryRun: false, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(result.Succeeded, result.Files[0].Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<List<Article>> ArticlesAsync() => gateway.ReadAsync(db => db.Set<Article>().OrderBy(a => a.Id).Take(12).ToListAsync());

    private Task<List<Comment>> CommentsAsync() => gateway.ReadAsync(db => db.Set<Comment>().OrderBy(c => c.Id).Take(40).ToListAsync());
}
