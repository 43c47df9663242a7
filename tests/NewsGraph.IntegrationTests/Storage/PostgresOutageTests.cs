using System.Net;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Storage;

/// <summary>A server that goes away and comes back.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private const string Titles = "{ articles { nodes { title } } }";

    private PostgresServer _server = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Postgres = _server.NewDatabase(), Settings = ["--Feeds:PositionCheckInterval=00:00:00.2"] });
        await _gateway.WriteAsync(db => new SampleNews(db).ArticleAsync());

        // So that the pool holds several connections for the server to break.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _gateway.QueryAsync(Titles)));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_restart_between_two_requests_is_not_noticed()
    {
        await _server.StopAsync();
        await _server.RestartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _gateway.SendAsync(Titles)));

        Assert.All(answers, answer => Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString()));
        await _server.StopAsync();
        await _server.RestartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(PostAsync));
    }

    [Fact]
    public async Task While_it_is_away_the_node_is_not_ready_and_a_write_fails_and_afterwards_all_is_well()
    {
        await using var stream = await _gateway.SubscribeAsync(
            "subscription($id: ID!) { onCommentAdded(articleId: $id) { comment { bodyText } } }", new { id = GlobalId.Format("Article", 1) });
        await _server.KillAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.True((await _gateway.SendAsync(AddComment, Input(0))).TryGetProperty("errors", out var errors));
        Assert.DoesNotContain(PostgresServer.Password, errors.ToString(), StringComparison.Ordinal);

        await _server.RestartAsync();
        await PostAsync(1);
        var result = await stream.NextAsync();
        Assert.Equal("Comment 1", result.GetProperty("data").GetProperty("onCommentAdded").GetProperty("comment").GetProperty("bodyText").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    private const string AddComment = "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { id } errors { __typename } } }";

    private static object Input(int number) => new
    {
        input = new { articleId = GlobalId.Format("Article", 1), authorName = "Ada", authorEmail = "ada@example.com", body = $"Comment {number}" },
    };

    private async Task PostAsync(int number)
    {
        var data = await _gateway.QueryAsync(AddComment, Input(number));
        Assert.True(data.GetProperty("addComment").GetProperty("comment").TryGetProperty("id", out _), data.ToString());
    }
}
