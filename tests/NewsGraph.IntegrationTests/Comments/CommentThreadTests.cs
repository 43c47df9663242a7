using System.Text.Json;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Comments;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Comments;

public abstract class CommentThreadTests(TestDatabase database) : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = database });
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var article = await news.ArticleAsync();
            var other = await news.ArticleAsync();
            var first = await news.CommentAsync(article);
            await news.CommentAsync(article);
            var reply = await news.CommentAsync(article, first);
            await news.CommentAsync(article, reply);
            var spam = await news.CommentAsync(article, first, CommentStatus.Spam);
            await news.CommentAsync(article, spam);
            await news.CommentAsync(other);
        });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Threads_hold_every_visible_comment_once()
    {
        var article = (await _gateway.QueryAsync(
            """
            {
              articleBySlug(slug: "article-1") {
                commentCount
                comments {
                  totalCount
                  nodes { bodyText depth replyCount parent { id } replies { totalCount nodes { bodyText parent { bodyText } replies { nodes { bodyText } } } } }
                }
              }
            }
            """)).GetProperty("articleBySlug");

        // The spam is not there; what answers it begins a thread of its own.
        Assert.Equal(5, article.GetProperty("commentCount").GetInt32());
        var threads = article.GetProperty("comments").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(["Comment 1", "Comment 2", "Comment 6"], threads.Select(Text));
        Assert.Equal(3, article.GetProperty("comments").GetProperty("totalCount").GetInt32());
        Assert.All(threads, thread => Assert.Equal(JsonValueKind.Null, thread.GetProperty("parent").ValueKind));

        var reply = Assert.Single(threads[0].GetProperty("replies").GetProperty("nodes").EnumerateArray());
        Assert.Equal("Comment 3", Text(reply));
        Assert.Equal("Comment 1", Text(reply.GetProperty("parent")));
        Assert.Equal(1, threads[0].GetProperty("replyCount").GetInt32());
        Assert.Equal("Comment 4", Text(reply.GetProperty("replies").GetProperty("nodes")[0]));
    }

    [Fact]
    public async Task Flat_lists_every_visible_comment_by_time_both_ways()
    {
        var article = (await _gateway.QueryAsync(
            """
            {
              articleBySlug(slug: "article-1") {
                oldest: comments(threading: FLAT, first: 3) { totalCount nodes { bodyText } pageInfo { endCursor hasNextPage } }
                newest: comments(threading: FLAT, order: { createdAt: DESC }) { nodes { bodyText article { slug } } }
              }
            }
            """)).GetProperty("articleBySlug");

        var oldest = article.GetProperty("oldest");
        Assert.Equal(["Comment 1", "Comment 2", "Comment 3"], oldest.GetProperty("nodes").EnumerateArray().Select(Text));
        Assert.Equal(5, oldest.GetProperty("totalCount").GetInt32());
        Assert.Equal(
            ["Comment 6", "Comment 4", "Comment 3", "Comment 2", "Comment 1"],
            article.GetProperty("newest").GetProperty("nodes").EnumerateArray().Select(Text));

        var rest = (await _gateway.QueryAsync(
            "query($after: String) { articleBySlug(slug: \"article-1\") { comments(threading: FLAT, after: $after) { nodes { bodyText } } } }",
            new { after = oldest.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("articleBySlug");
        Assert.Equal(["Comment 4", "Comment 6"], rest.GetProperty("comments").GetProperty("nodes").EnumerateArray().Select(Text));
    }

    [Fact]
    public async Task A_hidden_comment_is_no_node()
    {
        var data = await _gateway.QueryAsync(
            "query($spam: ID!, $seen: ID!) { spam: node(id: $spam) { id } seen: node(id: $seen) { ... on Comment { bodyText } } }",
            new { spam = GlobalId.Format("Comment", 5), seen = GlobalId.Format("Comment", 3) });

        Assert.Equal(JsonValueKind.Null, data.GetProperty("spam").ValueKind);
        Assert.Equal("Comment 3", Text(data.GetProperty("seen")));
    }

    [Fact]
    public async Task The_authors_email_and_address_are_in_no_type_and_no_answer()
    {
        var schema = await _gateway.Http.GetStringAsync("/graphql?sdl", TestContext.Current.CancellationToken);
        var data = await _gateway.QueryAsync(
            "{ articles { nodes { comments(threading: FLAT) { nodes { id authorName authorUrl body bodyText createdAt editedAt depth likeCount replyCount } } } } }");

        var comment = schema[schema.IndexOf("type Comment implements", StringComparison.Ordinal)..];
        comment = comment[..comment.IndexOf('}', StringComparison.Ordinal)];
        Assert.DoesNotContain("mail", comment, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("address", comment, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("private@example.com", data.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.77", data.ToString(), StringComparison.Ordinal);
    }

    private static string Text(JsonElement comment) => comment.GetProperty("bodyText").GetString()!;
}

public sealed class SqliteCommentThreadTests() : CommentThreadTests(TestDatabase.Sqlite);

public sealed class PostgresCommentThreadTests() : CommentThreadTests(TestDatabase.Postgres);
