using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Comments;

public abstract class AddCommentTests(TestDatabase database) : IAsyncLifetime
{
    private const string AddComment =
        """
        mutation($input: AddCommentInput!) {
          addComment(input: $input) {
            comment { id bodyText body authorName authorUrl depth createdAt parent { id } article { commentCount } }
            errors { __typename ... on Error { message } ... on ValueTooLongError { field maxLength } }
          }
        }
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Database = database,
            Time = new FakeTimeProvider(Now),
            Settings = ["--Comments:MaxDepth=3", "--Comments:MaxLength=100"],
        });
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var open = await news.ArticleAsync();
            await news.ArticleAsync(a => a.CommentsOpen = false);
            await news.ArticleAsync(a => a.Status = ArticleStatus.Draft);
            await news.ArticleAsync(a => a.IsProtected = true);
            var other = await news.ArticleAsync();
            await news.CommentAsync(open);
            await news.CommentAsync(open, status: CommentStatus.Spam);
            await news.CommentAsync(other);
        });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_comment_comes_back_as_it_is_stored()
    {
        var payload = await AddAsync(new { articleId = Article(1), authorName = " Ada\n", authorEmail = "ada@example.com", authorUrl = "https://ada.example", body = "<b>Hello</b><script>x()</script>" });

        var comment = payload.GetProperty("comment");
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("errors").ValueKind);
        Assert.Equal("Ada", comment.GetProperty("authorName").GetString());
        Assert.Equal("Hello", comment.GetProperty("bodyText").GetString());
        Assert.DoesNotContain("script", comment.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal("2026-03-01T08:30:00Z", comment.GetProperty("createdAt").GetString());
        Assert.Equal(1, comment.GetProperty("depth").GetInt32());
        Assert.Equal(2, comment.GetProperty("article").GetProperty("commentCount").GetInt32());
        var stored = await _gateway.ReadAsync(db => db.Set<Comment>().OrderBy(c => c.Id).LastAsync());
        Assert.Equal(("ada@example.com", "127.0.0.1"), (stored.AuthorEmail, stored.AuthorAddress));
    }

    [Theory]
    [InlineData(1, "authorName", " ", "AuthorNameMissingError")]
    [InlineData(1, "authorEmail", "", "AuthorEmailInvalidError")]
    [InlineData(1, "authorEmail", "ada", "AuthorEmailInvalidError")]
    [InlineData(1, "authorEmail", "Ada <ada@example.com>", "AuthorEmailInvalidError")]
    [InlineData(1, "authorUrl", "javascript:alert(1)", "AuthorUrlInvalidError")]
    [InlineData(1, "body", " \n ", "CommentBodyMissingError")]
    [InlineData(1, "body", "<script>x()</script>", "CommentBodyMissingError")]
    [InlineData(2, "body", "Hello", "CommentsClosedError")]
    [InlineData(3, "body", "Hello", "ArticleNotFoundError")]
    [InlineData(4, "body", "Hello", "ArticleNotFoundError")]
    [InlineData(99, "body", "Hello", "ArticleNotFoundError")]
    public async Task Each_rule_has_an_error_of_its_own(long article, string field, string value, string error)
    {
        var payload = await AddAsync(Input(article, (field, value)));

        Assert.Equal(JsonValueKind.Null, payload.GetProperty("comment").ValueKind);
        Assert.Equal([error], Errors(payload));
        Assert.Equal(3, await _gateway.ReadAsync(db => db.Set<Comment>().CountAsync()));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_parent_that_is_missing_hidden_or_elsewhere_is_refused(long parent) =>
        Assert.Equal(["ParentNotFoundError"], Errors(await AddAsync(Input(1, ("parentId", Comment(parent))))));

    [Theory]
    [InlineData("authorName", 245)]
    [InlineData("authorEmail", 100)]
    [InlineData("authorUrl", 200)]
    [InlineData("body", 100)]
    [InlineData("clientKey", 100)]
    public async Task A_value_that_is_too_long_says_which_and_how_long_it_may_be(string field, int limit)
    {
        var error = Assert.Single((await AddAsync(Input(1, (field, new string('x', limit + 1))))).GetProperty("errors").EnumerateArray());

        Assert.Equal("ValueTooLongError", error.GetProperty("__typename").GetString());
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.Equal(limit, error.GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public async Task Everything_wrong_with_the_input_is_told_at_once() =>
        Assert.Equal(
            ["AuthorNameMissingError", "AuthorEmailInvalidError", "CommentBodyMissingError"],
            Errors(await AddAsync(new { articleId = Article(1), authorName = "", authorEmail = "", body = "" })));

    [Fact]
    public async Task The_same_text_by_the_same_author_in_the_same_place_is_a_duplicate()
    {
        await AddAsync(Input(1, ("body", "Twice")));

        Assert.Equal(["DuplicateCommentError"], Errors(await AddAsync(Input(1, ("body", " Twice ")))));
        Assert.Equal(["DuplicateCommentError"], Errors(await AddAsync(Input(1, ("body", "Twice"), ("authorName", "Bob")))));
        Assert.Empty(Errors(await AddAsync(Input(1, ("body", "Twice"), ("authorName", "Bob"), ("authorEmail", "bob@example.com")))));
        Assert.Empty(Errors(await AddAsync(Input(1, ("body", "Twice"), ("parentId", Comment(1))))));
    }

    [Fact]
    public async Task The_same_client_key_returns_the_first_result_and_stores_nothing()
    {
        var input = Input(1, ("clientKey", "k1"));
        var first = (await AddAsync(input)).GetProperty("comment");
        var second = (await AddAsync(input)).GetProperty("comment");

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(2, second.GetProperty("article").GetProperty("commentCount").GetInt32());
        Assert.Empty(Errors(await AddAsync(Input(5, ("clientKey", "k1")))));
    }

    [Fact]
    public async Task Posts_at_the_same_time_with_one_client_key_are_one_comment()
    {
        var payloads = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AddAsync(Input(1, ("clientKey", "k1")))));

        Assert.Single(payloads.Select(p => p.GetProperty("comment").GetProperty("id").GetString()).Distinct());
        Assert.Equal(4, await _gateway.ReadAsync(db => db.Set<Comment>().CountAsync()));
    }

    [Fact]
    public async Task An_answer_below_the_deepest_level_joins_the_deepest_parent()
    {
        var second = await AnswerAsync(Comment(1), "Second");
        var third = await AnswerAsync(second.GetProperty("id").GetString()!, "Third");
        var fourth = await AnswerAsync(third.GetProperty("id").GetString()!, "Fourth");

        Assert.Equal([2, 3, 3], new[] { second, third, fourth }.Select(c => c.GetProperty("depth").GetInt32()));
        Assert.Equal(second.GetProperty("id").GetString(), fourth.GetProperty("parent").GetProperty("id").GetString());
        var data = await _gateway.QueryAsync("query($id: ID!) { node(id: $id) { ... on Comment { replyCount replies { totalCount nodes { bodyText } } } } }", new { id = second.GetProperty("id").GetString() });
        Assert.Equal("""{"replyCount":2,"replies":{"totalCount":2,"nodes":[{"bodyText":"Third"},{"bodyText":"Fourth"}]}}""", data.GetProperty("node").GetRawText());
    }

    [Fact]
    public async Task An_id_of_another_type_is_an_error_of_the_request()
    {
        var error = await _gateway.FailAsync(AddComment, new { input = Input(1, ("articleId", GlobalId.Format("Tag", 1))) });

        Assert.Equal("addComment", error.GetProperty("path")[0].GetString());
    }

    private static string Article(long id) => GlobalId.Format("Article", id);

    private static string Comment(long id) => GlobalId.Format("Comment", id);

    private static Dictionary<string, object> Input(long article, params (string Field, string Value)[] changes)
    {
        var input = new Dictionary<string, object>
        {
            ["articleId"] = Article(article),
            ["authorName"] = "Ada",
            ["authorEmail"] = "ada@example.com",
            ["body"] = "Hello",
        };
        foreach (var (field, value) in changes)
        {
            input[field] = value;
        }

        return input;
    }

    private static IEnumerable<string> Errors(JsonElement payload) => payload.GetProperty("errors") is { ValueKind: JsonValueKind.Array } errors
        ? errors.EnumerateArray().Select(e => e.GetProperty("__typename").GetString()!)
        : [];

    private async Task<JsonElement> AddAsync(object input) => (await _gateway.QueryAsync(AddComment, new { input })).GetProperty("addComment");

    private async Task<JsonElement> AnswerAsync(string parent, string body) =>
        (await AddAsync(Input(1, ("parentId", parent), ("body", body)))).GetProperty("comment");
}

public sealed class SqliteAddCommentTests() : AddCommentTests(TestDatabase.Sqlite);

public sealed class PostgresAddCommentTests() : AddCommentTests(TestDatabase.Postgres);
