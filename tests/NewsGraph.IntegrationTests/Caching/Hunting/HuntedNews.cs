using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Caching.Hunting;

/// <summary>News of which every kind of act makes some number larger.</summary>
internal sealed class HuntedNews
{
    private const int Supply = 30;

    private const string AddComment = "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { id } errors { __typename } } }";

    private const string Counts = """
        query($slug: String!) { articleBySlug(slug: $slug) { title commentCount tags { name } comments(first: 2, order: [{ createdAt: DESC }]) { totalCount nodes { bodyText } } } }
        """;

    private readonly Queue<long> _comments = new();
    private readonly Queue<long> _articles = new();
    private readonly Lock _gate = new();
    private int _posts;

    /// <summary>Fills a database and says what to hunt for.</summary>
    /// <param name="gateway">A node.</param>
    /// <param name="nodes">All nodes.</param>
    public async Task<IReadOnlyList<HuntedNumber>> FillAsync(TestGateway gateway, IReadOnlyList<HuntNode> nodes)
    {
        var ids = new List<long>();
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var (few, many) = (await news.TagAsync("Few"), await news.TagAsync("Many"));
            var discussed = await news.ArticleAsync(few);
            var moderated = await news.ArticleAsync(few);
            ids.AddRange([moderated.Id, (await news.CommentAsync(discussed)).Id, few.Id, discussed.Id]);
            for (var i = 0; i < Supply; i++)
            {
                _comments.Enqueue((await news.CommentAsync(moderated)).Id);
                _articles.Enqueue((await news.ArticleAsync(many)).Id);
            }
        });

        // What one node alone changes hides nothing behind the acts of others; what all change is where they get in each other's way.
        var own = await gateway.ReadAsync(db => db.Set<Article>().OrderByDescending(a => a.Id).Take(nodes.Count + 1).Select(a => a.Id).ToListAsync());
        return
        [
            Posts(own[^1]), .. nodes.Zip(own, (node, article) => Posts(article, node)),
            Likes(ids[1]), Titles(ids[0]), Removals(), Withdrawals(), Names(ids[2]), .. await EditsAsync(gateway, ids[3], nodes),
        ];
    }

    // By the wire, so that other processes write, too.
    private HuntedNumber Posts(long article, HuntNode? writer = null) => new(
        writer is null ? "comments posted" : $"comments posted by {writer.Name}",
        Counts,
        new { slug = $"article-{article}" },
        data => Math.Min(Article(data).GetProperty("commentCount").GetInt64(), Total(data)),
        node => node == (writer ?? node) ? token => PostAsync(node, article, token) : null);

    private Task PostAsync(HuntNode node, long article, CancellationToken cancellationToken) => node.MutateAsync(
        AddComment,
        new { input = new { articleId = GlobalId.Format("Article", article), authorName = "Ada", authorEmail = "ada@example.com", body = $"Post {Interlocked.Increment(ref _posts)}" } },
        cancellationToken);

    private static HuntedNumber Likes(long comment) => new(
        "likes",
        "query($id: ID!) { node(id: $id) { ... on Comment { bodyText likeCount } } }",
        new { id = GlobalId.Format("Comment", comment) },
        data => data.GetProperty("node").GetProperty("likeCount").GetInt64(),
        Inside(gateway => token => gateway.Services.GetRequiredService<LikeComment>().RunAsync(comment, token)));

    private static HuntedNumber Titles(long article) => new(
        "the title's length",
        """{ articles(first: 3, order: [{ publishedAt: ASC }]) { nodes { slug title commentCount tags { name } } } }""",
        null,
        data => data.GetProperty("articles").GetProperty("nodes").EnumerateArray()
            .Single(a => a.GetProperty("slug").GetString() == "article-2").GetProperty("title").GetString()!.Length - "Article 002".Length,
        Inside(gateway => token => gateway.WriteAsync(db => db.Set<Article>().Where(a => a.Id == article)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Title, a => a.Title + "!"), token))));

    private HuntedNumber Removals() => new(
        "comments removed",
        Counts,
        new { slug = "article-2" },
        data => Supply - Math.Max(Article(data).GetProperty("commentCount").GetInt64(), Total(data)),
        Inside(gateway => token => gateway.Services.GetRequiredService<RemoveComment>().RunAsync(Next(_comments), CommentStatus.Trash, token)));

    private HuntedNumber Withdrawals() => new(
        "articles withdrawn",
        """{ tagBySlug(slug: "many") { articleCount articles(first: 2) { totalCount nodes { slug } } } articles(where: { tags: { some: { slug: { eq: "many" } } } }) { totalCount } }""",
        null,
        data => Supply - new[]
        {
            data.GetProperty("tagBySlug").GetProperty("articleCount").GetInt64(),
            data.GetProperty("tagBySlug").GetProperty("articles").GetProperty("totalCount").GetInt64(),
            data.GetProperty("articles").GetProperty("totalCount").GetInt64(),
        }.Max(),
        Inside(gateway => token => gateway.Services.GetRequiredService<WithdrawArticle>().RunAsync(Next(_articles), ArticleStatus.Draft, token)));

    // Through what the context tracks, with the row locked as acts that read first do.
    private static HuntedNumber Names(long tag) => new(
        "the tag's name",
        """query { articleBySlug(slug: "article-2") { tags { name } relatedPosts(first: 2) { article { slug } reasons { label } } } tagBySlug(slug: "few") { name } }""",
        null,
        data => Math.Min(
            data.GetProperty("tagBySlug").GetProperty("name").GetString()!.Length,
            Article(data).GetProperty("tags")[0].GetProperty("name").GetString()!.Length) - "Few".Length,
        Inside(gateway => token => gateway.Services.GetRequiredService<Gateway.Storage.INewsWriter>().WriteAsync(
            async (scope, ct) =>
            {
                await scope.LockAsync<Tag>([tag], ct);
                var row = await scope.Db.Set<Tag>().AsTracking().SingleAsync(t => t.Id == tag, ct);
                (row.Name, row.Revision) = (row.Name + "!", row.Revision + 1);
                return true;
            },
            token)));

    // One comment for each node, since an edit says what the text is and not what is added.
    private static async Task<List<HuntedNumber>> EditsAsync(TestGateway gateway, long article, IEnumerable<HuntNode> nodes)
    {
        List<HuntedNumber> edits = [];
        foreach (var editor in nodes.Where(n => n.Gateway is not null))
        {
            await gateway.Services.GetRequiredService<PostComment>().RunAsync(
                new PostCommentRequest(article, null, "Ada", "ada@example.com", null, $"0 edits by {editor.Name}", null, null), TestContext.Current.CancellationToken);
            var comment = await gateway.ReadAsync(db => db.Set<Comment>().MaxAsync(c => c.Id));
            var number = 0;
            edits.Add(new HuntedNumber(
                $"edits by {editor.Name}",
                "query($id: ID!) { node(id: $id) { ... on Comment { bodyText article { title } } } }",
                new { id = GlobalId.Format("Comment", comment) },
                data => long.Parse(data.GetProperty("node").GetProperty("bodyText").GetString()!.Split(' ')[0], CultureInfo.InvariantCulture),
                node => node == editor ? token => node.Gateway!.Services.GetRequiredService<EditComment>().RunAsync(comment, $"{++number} edits", token) : null));
        }

        return edits;
    }

    private static Func<HuntNode, Func<CancellationToken, Task>?> Inside(Func<TestGateway, Func<CancellationToken, Task>> act) =>
        node => node.Gateway is { } gateway ? act(gateway) : null;

    private static JsonElement Article(JsonElement data) => data.GetProperty("articleBySlug");

    private static long Total(JsonElement data) => Article(data).GetProperty("comments").GetProperty("totalCount").GetInt64();

    private long Next(Queue<long> ids)
    {
        lock (_gate)
        {
            return ids.Dequeue();
        }
    }
}
