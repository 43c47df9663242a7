using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Feeds;

/// <summary>Hundreds of equal subscribers over real WebSockets.</summary>
public sealed class ManySubscribersTests
{
    private const string Query =
        "subscription($id: ID!, $after: String) { onCommentFeed(articleId: $id, after: $after) { position ... on CommentAdded { comment { bodyText } } } }";

    private static readonly string Article = GlobalId.Format("Article", 1);

    [Fact]
    public async Task Five_hundred_equal_subscribers_cost_one_execution_an_event()
    {
        await using var gateway = await StartAsync();
        using var counts = new SubscriptionCounts(gateway.Services);
        await using var sockets = await Sockets.OpenAsync(gateway, count: 25);
        await sockets.SubscribeAsync(each: 20, new { query = Query, variables = new { id = Article } });
        await Waiting.UntilAsync(() => counts.Members == 500);
        gateway.Statements.Clear();

        await gateway.PostAsync(1, 1);
        var events = await sockets.ReceiveAsync(each: 20);

        Assert.Equal(500, events.Count);
        Assert.Single(events.Select(e => e.Payload).Distinct());
        Assert.Contains("Post 1", events[0].Payload, StringComparison.Ordinal);
        Assert.Equal((1, 1, 500), (counts.Executions, counts.Groups, counts.Deliveries));
        Assert.Single(gateway.Statements.Statements, ReadsComments);
    }

    [Fact]
    public async Task A_thousand_who_return_at_once_with_an_old_position_cost_the_database_a_few_statements()
    {
        const int Comments = 30;
        await using var gateway = await StartAsync();
        var page = await gateway.QueryAsync("query($id: ID!) { commentFeed(articleId: $id) { position } }", new { id = Article });
        var after = page.GetProperty("commentFeed").GetProperty("position").GetString();
        await gateway.PostAsync(1, Comments);
        using var counts = new SubscriptionCounts(gateway.Services);
        await using var sockets = await Sockets.OpenAsync(gateway, count: 20);
        gateway.Statements.Clear();

        await sockets.SubscribeAsync(each: 50, new { query = Query, variables = new { id = Article, after } });
        var events = await sockets.ReceiveAsync(each: 50 * Comments);

        Assert.All(
            events.GroupBy(e => (e.Socket, e.Id)),
            subscriber => Assert.Equal(Enumerable.Range(1, Comments), subscriber.Select(e => NumberOf(e.Payload))));
        Assert.Equal(1000 * Comments, events.Count);
        Assert.Equal((Comments, 1), (counts.Executions, counts.Groups));

        // Two small look-ups each at the most, shared by those who come together; events and comments are read by the page.
        var statements = gateway.Statements.Statements;
        Assert.InRange(statements.Count, 4, 2010);
        Assert.InRange(statements.Count(s => s.Contains("FROM \"feed_events\"", StringComparison.Ordinal) && s.Contains("ORDER BY", StringComparison.Ordinal)), 1, 2);
        Assert.InRange(statements.Count(ReadsComments), 1, 2);
    }

    /// <summary>Whether a statement reads comments as readers may see them.</summary>
    private static bool ReadsComments(string statement) =>
        statement.Contains("SELECT \"c\".\"Id\"", StringComparison.Ordinal) && statement.Contains("\"IsProtected\"", StringComparison.Ordinal);

    private static int NumberOf(string payload)
    {
        var item = JsonSerializer.Deserialize<JsonElement>(payload).GetProperty("data").GetProperty("onCommentFeed");
        return FeedPosition.TryParse(item.GetProperty("position").GetString(), out var position) ? (int)position.Number : 0;
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.WriteAsync(async db => await new SampleNews(db).ArticleAsync());
        return gateway;
    }

    private sealed record Received(int Socket, string Id, string Payload);

    private sealed class Sockets : IAsyncDisposable
    {
        private readonly List<ClientWebSocket> _sockets = [];

        public static async Task<Sockets> OpenAsync(TestGateway gateway, int count)
        {
            var sockets = new Sockets();
            var address = new Uri(gateway.GraphQLUrl.Replace("http:", "ws:", StringComparison.Ordinal));
            for (var i = 0; i < count; i++)
            {
                var socket = new ClientWebSocket();
                sockets._sockets.Add(socket);
                socket.Options.AddSubProtocol("graphql-transport-ws");
                await socket.ConnectAsync(address, CancellationToken.None).WaitAsync(Waiting.Limit);
                await SendAsync(socket, """{"type":"connection_init"}""");
                Assert.Equal("""{"type":"connection_ack"}""", await ReceiveTextAsync(socket));
            }

            return sockets;
        }

        public Task SubscribeAsync(int each, object payload) => Task.WhenAll(_sockets.Select(async socket =>
        {
            for (var id = 1; id <= each; id++)
            {
                await SendAsync(socket, JsonSerializer.Serialize(new { id = $"{id}", type = "subscribe", payload }));
            }
        }));

        public async Task<List<Received>> ReceiveAsync(int each)
        {
            var received = await Task.WhenAll(_sockets.Select((socket, index) => Task.Run(async () =>
            {
                var list = new List<Received>();
                while (list.Count < each)
                {
                    var message = JsonSerializer.Deserialize<JsonElement>(await ReceiveTextAsync(socket));
                    var type = message.GetProperty("type").GetString();
                    if (type == "ping")
                    {
                        await SendAsync(socket, """{"type":"pong"}""");
                        continue;
                    }

                    Assert.Equal("next", type);
                    list.Add(new Received(index, message.GetProperty("id").GetString()!, message.GetProperty("payload").GetRawText()));
                }

                return list;
            })));
            return [.. received.SelectMany(list => list)];
        }

        public ValueTask DisposeAsync()
        {
            _sockets.ForEach(socket => socket.Dispose());
            return ValueTask.CompletedTask;
        }

        private static Task SendAsync(ClientWebSocket socket, string text) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(Waiting.Limit);

        private static async Task<string> ReceiveTextAsync(ClientWebSocket socket)
        {
            var buffer = new byte[16 * 1024];
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Waiting.Limit);
                Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
                length += part.Count;
                if (part.EndOfMessage)
                {
                    return Encoding.UTF8.GetString(buffer, 0, length);
                }
            }
        }
    }
}
