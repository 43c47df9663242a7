using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsGraph.IntegrationTests.WebSockets;
using NewsGraph.Testing.Processes;

namespace NewsGraph.IntegrationTests.Hosting;

/// <summary>A real gateway process and a real SIGTERM.</summary>
public sealed class DeployTests : IDisposable
{
    private const int Readers = 200;
    private const string Subscription = "subscription($id: ID!) { onCommentAdded(articleId: $id) { position } }";
    private const string AddComment =
        "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { bodyText } errors { __typename } } }";

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-deploy-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task On_SIGTERM_readers_are_sent_away_answers_are_finished_and_the_process_ends_well()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.FullName, "Development",
            ["--Shutdown:DrainDelay=00:00:02", "--Shutdown:Timeout=00:00:20", "--GraphQL:WebSockets:PongTimeout=00:00:00"], Cancellation);
        var article = await ArticleAsync(gateway);
        var socket = new Uri(gateway.Address.AbsoluteUri.Replace("http:", "ws:", StringComparison.Ordinal));
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => SubscribeAsync(socket, article)));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(gateway));

        // A transaction of another process holds the mutations up, over HTTP and over a socket, for as long as this test likes.
        await using var blocker = new SqliteConnection($"Data Source={GatewayProcess.Database(_folder.FullName)}");
        await blocker.OpenAsync(Cancellation);
        var transaction = blocker.BeginTransaction(deferred: false);
        var mutation = AddAsync(gateway, article, "Over HTTP");
        await readers[0].SendAsync(JsonSerializer.Serialize(new { id = "m", type = "subscribe", payload = Mutation(article, "Over a socket") }));
        await readers[0].SyncAsync();

        gateway.Terminate();
        while (await ReadyAsync(gateway) != HttpStatusCode.ServiceUnavailable)
        {
        }

        // Ready is red first: the node still lets in and serves.
        using var late = await SubscribeAsync(socket, article);
        var closed = await Task.WhenAll(readers.Skip(1).Append(late).Select(CloseAsync));
        using var refused = await gateway.Http.PostAsJsonAsync("", new { query = "{ __typename }" }, Cancellation);
        await transaction.RollbackAsync(Cancellation);

        Assert.All(closed, end => Assert.Equal(1012, end.Code));
        Assert.All(closed, end => Assert.Matches("^Reconnect in [0-9]{1,4} ms$", end.Reason));
        Assert.InRange(closed.Select(end => end.Reason).Distinct().Count(), Readers / 2, Readers);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("Over HTTP", await mutation);
        Assert.Contains("Over a socket", await readers[0].ReceiveUntilAsync("\"id\":\"m\""), StringComparison.Ordinal);
        Assert.Equal(1012, (await CloseAsync(readers[0])).Code);
        Assert.Equal(0, await gateway.WaitForExitAsync(Cancellation));
        Array.ForEach(readers, reader => reader.Dispose());
    }

    [Fact]
    public async Task A_request_that_never_ends_does_not_hold_the_process_longer_than_allowed()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.FullName, "Development", ["--Shutdown:Timeout=00:00:01"], Cancellation);
        using var stuck = new System.Net.Sockets.TcpClient();
        await stuck.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancellation);
        await stuck.GetStream().WriteAsync(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(), Cancellation);

        var started = TimeProvider.System.GetTimestamp();
        gateway.Terminate();

        Assert.Equal(0, await gateway.WaitForExitAsync(Cancellation));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static async Task<string> ArticleAsync(ServerProcess gateway)
    {
        var data = await gateway.QueryAsync("{ articles(first: 1, where: { commentsOpen: { eq: true } }) { nodes { id } } }", null, Cancellation);
        return data.GetProperty("articles").GetProperty("nodes")[0].GetProperty("id").GetString()!;
    }

    private static async Task<SocketClient> SubscribeAsync(Uri socket, string article)
    {
        var client = await SocketClient.OpenAsync(socket);
        await client.SendAsync(JsonSerializer.Serialize(
            new { id = "s", type = "subscribe", payload = new { query = Subscription, variables = new { id = article } } }));
        await client.SyncAsync();
        return client;
    }

    private static async Task<HttpStatusCode> ReadyAsync(ServerProcess gateway)
    {
        using var answer = await gateway.Http.GetAsync(new Uri(gateway.Address, "/health/ready"), Cancellation);
        return answer.StatusCode;
    }

    private static async Task<string?> AddAsync(ServerProcess gateway, string article, string text)
    {
        using var response = await gateway.Http.PostAsJsonAsync("", Mutation(article, text), Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return answer.GetProperty("data").GetProperty("addComment").GetProperty("comment").GetProperty("bodyText").GetString();
    }

    private static object Mutation(string article, string text) => new
    {
        query = AddComment,
        variables = new { input = new { articleId = article, authorName = "Ada", authorEmail = "ada@example.com", body = text } },
    };

    private static async Task<(int Code, string? Reason)> CloseAsync(SocketClient client)
    {
        var end = await client.CloseAsync();
        await client.AnswerCloseAsync();
        return end;
    }
}
