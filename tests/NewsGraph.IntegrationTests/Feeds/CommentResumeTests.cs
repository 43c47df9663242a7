using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Feeds;

/// <summary>Readers who return to an article's comments, over a real connection.</summary>
public sealed class CommentResumeTests
{
    private const string Added = "subscription($id: ID!, $after: String) { onCommentAdded(articleId: $id, after: $after) { comment { bodyText } position } }";

    private const string Feed =
        """
        subscription($id: ID!, $after: String) {
          onCommentFeed(articleId: $id, after: $after) {
            __typename position
            ... on CommentAdded { comment { bodyText } commentCount }
            ... on CommentRemoved { commentId commentCount }
            ... on FeedReset { reason }
          }
        }
        """;

    private const string Page =
        """
        query($id: ID!, $after: String, $first: Int) {
          commentFeed(articleId: $id, after: $after, first: $first) { events { __typename position } position hasMore }
        }
        """;

    private static readonly string Article = GlobalId.Format("Article", 1);

    [Fact]
    public async Task After_a_position_come_all_that_follow_it_and_then_what_happens()
    {
        await using var gateway = await StartAsync();
        await using var first = await SubscribeAsync(gateway, Added);
        await gateway.PostAsync(1, 5);
        var seen = await TakeAsync(first, 2);
        await first.DisposeAsync();

        await using var second = await SubscribeAsync(gateway, Added, seen[1].GetProperty("position").GetString());
        await gateway.PostAsync(6, 7);

        Assert.Equal([1, 2], seen.Select(Number));
        Assert.Equal([3, 4, 5, 6, 7], (await TakeAsync(second, 5)).Select(Number));
    }

    [Fact]
    public async Task A_stream_resumes_after_the_id_of_its_last_event_whatever_its_argument_says()
    {
        await using var gateway = await StartAsync();
        await using var first = await SubscribeAsync(gateway, Feed);
        await gateway.PostAsync(1, 4);
        var seen = await TakeAsync(first, 3);
        Assert.Equal(seen[2].GetProperty("position").GetString(), first.LastId);

        await using var again = await EventStream.OpenAsync(
            gateway.GraphQLUrl, Feed, new { id = Article, after = seen[0].GetProperty("position").GetString() }, first.LastId);

        Assert.Equal(4, Number(await NextAsync(again)));
    }

    [Fact]
    public async Task A_comment_hidden_since_is_replayed_as_removed_and_left_out_where_only_additions_are_told()
    {
        await using var gateway = await StartAsync();
        var begin = await PositionAsync(gateway);
        await gateway.PostAsync(1, 3);
        await gateway.WriteAsync(db => db.Set<Comment>().Where(c => c.Id == 2).ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, CommentStatus.Spam)));

        await using var feed = await SubscribeAsync(gateway, Feed, begin);
        await using var added = await SubscribeAsync(gateway, Added, begin);

        var events = await TakeAsync(feed, 3);
        Assert.Equal(["CommentAdded", "CommentRemoved", "CommentAdded"], events.Select(e => e.GetProperty("__typename").GetString()));
        Assert.Equal(GlobalId.Format("Comment", 2), events[1].GetProperty("commentId").GetString());
        Assert.Equal(1, events[1].GetProperty("commentCount").GetInt32());
        Assert.Equal(["Post 1", "Post 3"], (await TakeAsync(added, 2)).Select(e => e.GetProperty("comment").GetProperty("bodyText").GetString()));
    }

    [Theory]
    [InlineData("another epoch", "OTHER_EPOCH")]
    [InlineData("the future", "AHEAD")]
    [InlineData("long ago", "TOO_OLD")]
    public async Task A_position_that_cannot_be_honoured_starts_the_feed_again(string kind, string reason)
    {
        await using var gateway = await StartAsync();
        await gateway.PostAsync(1, 3);
        await gateway.WriteAsync(db => db.Set<FeedEvent>().Where(e => e.Number <= 2).ExecuteDeleteAsync());
        var end = Parse(await PositionAsync(gateway));
        var position = kind switch
        {
            "another epoch" => end with { Epoch = Guid.NewGuid() },
            "the future" => end with { Number = 40 },
            _ => end with { Number = 1 },
        };

        await using var feed = await SubscribeAsync(gateway, Feed, position.ToString());
        var reset = await NextAsync(feed);
        Assert.Equal(("FeedReset", reason), (reset.GetProperty("__typename").GetString(), reset.GetProperty("reason").GetString()));
        Assert.Equal(end.ToString(), reset.GetProperty("position").GetString());
        Assert.Equal(end.ToString(), feed.LastId);
        await gateway.PostAsync(4, 4);
        Assert.Equal(4, Number(await NextAsync(feed)));

        await using var added = await SubscribeAsync(gateway, Added, position.ToString());
        var extensions = (await added.NextAsync()).GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal(("FEED_RESET", reason), (extensions.GetProperty("code").GetString(), extensions.GetProperty("reason").GetString()));
        Assert.Equal(4, Parse(extensions.GetProperty("position").GetString()).Number);

        var page = (await gateway.QueryAsync(Page, new { id = Article, after = position.ToString() })).GetProperty("commentFeed");
        Assert.Equal("FeedReset", page.GetProperty("events")[0].GetProperty("__typename").GetString());
        Assert.Equal(4, Parse(page.GetProperty("position").GetString()).Number);
    }

    [Fact]
    public async Task A_position_at_which_everything_before_was_pruned_is_honoured()
    {
        await using var gateway = await StartAsync();
        await gateway.PostAsync(1, 3);
        await gateway.WriteAsync(db => db.Set<FeedEvent>().ExecuteDeleteAsync());
        var end = await PositionAsync(gateway);

        await using var feed = await SubscribeAsync(gateway, Feed, end);
        await using var old = await SubscribeAsync(gateway, Feed, (Parse(end) with { Number = 2 }).ToString());
        await gateway.PostAsync(4, 4);

        Assert.Equal(4, Number(await NextAsync(feed)));
        Assert.Equal("TOO_OLD", (await NextAsync(old)).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("another feed")]
    [InlineData("a megabyte")]
    public async Task What_is_no_position_of_the_feed_is_refused(string kind)
    {
        await using var gateway = await StartAsync();
        var text = kind switch
        {
            "another feed" => (Parse(await PositionAsync(gateway)) with { Feed = "article:2" }).ToString(),
            "a megabyte" => new string('A', 1 << 20),
            _ => kind,
        };

        foreach (var query in new[] { Feed, Added })
        {
            await using var stream = await SubscribeAsync(gateway, query, text);
            CheckRefusal((await stream.NextAsync()).GetProperty("errors")[0]);
        }

        CheckRefusal(await gateway.FailAsync(Page, new { id = Article, after = text }));

        static void CheckRefusal(JsonElement error)
        {
            var extensions = error.GetProperty("extensions");
            Assert.Equal(("INVALID_POSITION", "after"), (extensions.GetProperty("code").GetString(), extensions.GetProperty("argument").GetString()));
            Assert.True(error.GetRawText().Length < 1000);
        }
    }

    [Fact]
    public async Task A_position_of_an_article_nobody_can_read_is_refused_like_the_article()
    {
        await using var gateway = await StartAsync();
        var missing = GlobalId.Format("Article", 99);
        var after = (Parse(await PositionAsync(gateway)) with { Feed = "article:99" }).ToString();

        await using var stream = await gateway.SubscribeAsync(Feed, new { id = missing, after });
        Assert.Equal("ARTICLE_NOT_FOUND", Code((await stream.NextAsync()).GetProperty("errors")[0]));
        Assert.Equal("ARTICLE_NOT_FOUND", Code(await gateway.FailAsync(Page, new { id = missing, after })));

        static string? Code(JsonElement error) => error.GetProperty("extensions").GetProperty("code").GetString();
    }

    [Fact]
    public async Task Who_polls_gets_the_same_events_page_by_page()
    {
        await using var gateway = await StartAsync();
        var position = await PositionAsync(gateway);
        await gateway.PostAsync(1, 5);
        await using var stream = await SubscribeAsync(gateway, Feed, position);
        var streamed = await TakeAsync(stream, 5);

        var polled = new List<string?>();
        bool hasMore;
        do
        {
            var page = (await gateway.QueryAsync(Page, new { id = Article, after = position, first = 2 })).GetProperty("commentFeed");
            polled.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("position").GetString()));
            (position, hasMore) = (page.GetProperty("position").GetString(), page.GetProperty("hasMore").GetBoolean());
        }
        while (hasMore);

        Assert.Equal(streamed.Select(e => e.GetProperty("position").GetString()), polled);
        Assert.Equal(polled[^1], position);
    }

    [Fact]
    public async Task Between_a_page_of_comments_and_the_feed_after_its_position_nothing_is_missed()
    {
        const string Comments = "query($id: ID!) { node(id: $id) { ... on Article { comments(first: 50, threading: FLAT) { nodes { bodyText } position } } } }";
        await using var gateway = await StartAsync();
        var writing = Task.Run(() => gateway.PostAsync(1, 40), TestContext.Current.CancellationToken);

        for (var round = 0; round < 8; round++)
        {
            var page = (await gateway.QueryAsync(Comments, new { id = Article })).GetProperty("node").GetProperty("comments");
            var read = page.GetProperty("nodes").GetArrayLength();
            var position = page.GetProperty("position").GetString();

            // What the page lacks must all be behind its position; it may hold more than that.
            Assert.InRange(Parse(position).Number, 0, read);
            await using var feed = await SubscribeAsync(gateway, Feed, position);
            Assert.Equal(Parse(position).Number + 1, Number(await NextAsync(feed)));
            if (read > 35)
            {
                break;
            }
        }

        await writing;
    }

    [Fact]
    public async Task The_position_of_a_page_is_read_before_the_page()
    {
        await using var gateway = await StartAsync();
        gateway.Statements.Clear();

        await gateway.QueryAsync("{ articles { nodes { comments { nodes { bodyText } totalCount position } } } }");

        var statements = gateway.Statements.Statements;
        var positions = statements.Index().Where(s => s.Item.Contains("\"feeds\"", StringComparison.Ordinal)).Select(s => s.Index).ToList();
        var pages = statements.Index().Where(s => s.Item.Contains("\"comments\"", StringComparison.Ordinal)).Select(s => s.Index).ToList();
        Assert.Single(positions);
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.True(positions[0] < page));
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            await news.ArticleAsync();
            await news.ArticleAsync();
        });
        return gateway;
    }

    private static Task<EventStream> SubscribeAsync(TestGateway gateway, string query, string? after = null) =>
        gateway.SubscribeAsync(query, new { id = Article, after });

    private static async Task<string> PositionAsync(TestGateway gateway) =>
        (await gateway.QueryAsync(Page, new { id = Article })).GetProperty("commentFeed").GetProperty("position").GetString()!;

    private static FeedPosition Parse(string? text) => FeedPosition.TryParse(text, out var position) ? position : default;

    private static long Number(JsonElement item) => Parse(item.GetProperty("position").GetString()).Number;

    private static async Task<JsonElement> NextAsync(EventStream stream) =>
        (await stream.NextAsync()).GetProperty("data").EnumerateObject().Single().Value;

    private static async Task<List<JsonElement>> TakeAsync(EventStream stream, int count)
    {
        var events = new List<JsonElement>();
        while (events.Count < count)
        {
            events.Add(await NextAsync(stream));
        }

        return events;
    }
}
