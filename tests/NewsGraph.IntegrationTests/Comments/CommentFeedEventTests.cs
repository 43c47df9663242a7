using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.IntegrationTests.WebSockets;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Comments;

/// <summary>What <c>onCommentFeed</c> tells of comments that change, and of the door to them.</summary>
public sealed class CommentFeedEventTests : IAsyncLifetime
{
    private const string OnCommentFeed =
        """
        subscription($id: ID!, $after: String) {
          onCommentFeed(articleId: $id, after: $after) {
            __typename position
            ... on CommentAdded { comment { id bodyText } commentCount }
            ... on CommentEdited { comment { id bodyText editedAt } }
            ... on CommentRemoved { commentId commentCount }
            ... on CommentLiked { commentId likeCount }
          }
        }
        """;

    private static readonly string Article = GlobalId.Format("Article", 1);

    private TestGateway _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        await _gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var article = await news.ArticleAsync();
            var first = await news.CommentAsync(article);
            await news.CommentAsync(article, first);
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_change_arrives_over_a_web_socket()
    {
        using var socket = await SocketClient.OpenAsync(new Uri(_gateway.GraphQLUrl.Replace("http", "ws", StringComparison.Ordinal)));
        var payload = JsonSerializer.Serialize(new { query = OnCommentFeed, variables = new { id = Article } });
        await socket.SendAsync($$"""{"id":"1","type":"subscribe","payload":{{payload}}}""");
        await socket.SyncAsync();

        // One at a time: an event is told as things are when it is delivered.
        foreach (var (change, told) in Changes())
        {
            await change();
            Assert.Equal(told, Describe(await NextAsync(socket)));
        }
    }

    [Fact]
    public async Task A_replay_ends_in_the_true_state_and_shows_nothing_that_was_hidden()
    {
        await using var first = await SubscribeAsync();
        await Act<CloseComments>().RunAsync(1, Token);
        Assert.Equal("CommentsClosed", Describe(await first.NextAsync()));

        await Act<EditComment>().RunAsync(2, "Secret", Token);
        await Act<LikeComment>().RunAsync(2, Token);
        await Act<RemoveComment>().RunAsync(2, CommentStatus.Spam, Token);
        await Act<OpenComments>().RunAsync(1, Token);
        await using var resumed = await EventStream.OpenAsync(_gateway.GraphQLUrl, OnCommentFeed, new { id = Article }, first.LastId);

        Assert.Equal("CommentRemoved 2 1", Describe(await resumed.NextAsync()));
        Assert.Equal("CommentRemoved 2 1", Describe(await resumed.NextAsync()));
        Assert.Equal("CommentsOpened", Describe(await resumed.NextAsync()));
    }

    [Fact]
    public async Task Whoever_returns_at_once_is_not_shown_from_memory_what_was_hidden()
    {
        // The one who stays keeps the group and its last results alive.
        await using var stays = await SubscribeAsync();
        await using var leaves = await SubscribeAsync();
        await Act<CloseComments>().RunAsync(1, Token);
        await leaves.NextAsync();
        await stays.NextAsync();
        await Act<RemoveComment>().RunAsync(2, CommentStatus.Trash, Token);
        await stays.NextAsync();
        await Act<RestoreComment>().RunAsync(2, Token);
        Assert.Equal("Comment 2", Event(await stays.NextAsync()).GetProperty("comment").GetProperty("bodyText").GetString());
        await Act<EditComment>().RunAsync(2, "Fresh", Token);
        await stays.NextAsync();

        await using var resumed = await EventStream.OpenAsync(_gateway.GraphQLUrl, OnCommentFeed, new { id = Article }, leaves.LastId);

        Assert.Equal("CommentRemoved 2 1", Describe(await resumed.NextAsync()));
        Assert.Equal("Fresh", Event(await resumed.NextAsync()).GetProperty("comment").GetProperty("bodyText").GetString());
        Assert.Equal("CommentEdited 2 Fresh", Describe(await resumed.NextAsync()));
    }

    [Fact]
    public async Task An_article_taken_from_readers_closes_and_one_that_comes_back_opens()
    {
        await using var stream = await SubscribeAsync();

        await Act<WithdrawArticle>().RunAsync(1, ArticleStatus.Draft, Token);
        await Act<PublishArticle>().RunAsync(1, Token);

        Assert.Equal("CommentsClosed", Describe(await stream.NextAsync()));
        Assert.Equal("CommentsOpened", Describe(await stream.NextAsync()));
    }

    [Fact]
    public async Task New_comments_alone_are_told_where_only_they_were_asked_for()
    {
        await using var stream = await _gateway.SubscribeAsync(
            "subscription($id: ID!) { onCommentAdded(articleId: $id) { comment { id bodyText } commentCount } }", new { id = Article });

        foreach (var (change, _) in Changes())
        {
            await change();
        }

        var added = (await stream.NextAsync()).GetProperty("data").GetProperty("onCommentAdded");
        Assert.Equal(("Better", 2), (added.GetProperty("comment").GetProperty("bodyText").GetString(), added.GetProperty("commentCount").GetInt32()));
    }

    private IEnumerable<(Func<Task> Change, string Told)> Changes() =>
    [
        (() => Act<EditComment>().RunAsync(1, "Better", Token), "CommentEdited 1 Better"),
        (() => Act<LikeComment>().RunAsync(1, Token), "CommentLiked 1 1"),
        (() => Act<RemoveComment>().RunAsync(1, CommentStatus.Trash, Token), "CommentRemoved 1 1"),
        (() => Act<CloseComments>().RunAsync(1, Token), "CommentsClosed"),
        (() => Act<RestoreComment>().RunAsync(1, Token), "CommentAdded 1 2"),
        (() => Act<OpenComments>().RunAsync(1, Token), "CommentsOpened"),
    ];

    private static async Task<JsonElement> NextAsync(SocketClient socket)
    {
        while (true)
        {
            var message = JsonSerializer.Deserialize<JsonElement>(await socket.ReceiveAsync());
            if (message.GetProperty("type").GetString() == "next")
            {
                return message.GetProperty("payload");
            }
        }
    }

    private T Act<T>()
        where T : notnull => _gateway.Services.GetRequiredService<T>();

    private Task<EventStream> SubscribeAsync() => _gateway.SubscribeAsync(OnCommentFeed, new { id = Article });

    private static JsonElement Event(JsonElement result) => result.GetProperty("data").GetProperty("onCommentFeed");

    private static string Describe(JsonElement result)
    {
        var item = Event(result);
        return item.GetProperty("__typename").GetString() switch
        {
            "CommentAdded" => $"CommentAdded {Key(item.GetProperty("comment").GetProperty("id"))} {item.GetProperty("commentCount")}",
            "CommentEdited" => $"CommentEdited {Key(item.GetProperty("comment").GetProperty("id"))} {item.GetProperty("comment").GetProperty("bodyText")}",
            "CommentRemoved" => $"CommentRemoved {Key(item.GetProperty("commentId"))} {item.GetProperty("commentCount")}",
            "CommentLiked" => $"CommentLiked {Key(item.GetProperty("commentId"))} {item.GetProperty("likeCount")}",
            var name => name!,
        };
    }

    private static long Key(JsonElement id) => GlobalId.TryParse(id.GetString(), out var parsed) && parsed.TryGetInt64(out var key) ? key : 0;
}
