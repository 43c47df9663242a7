using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Processes;

namespace NewsGraph.IntegrationTests.Storage;

public sealed class KilledGatewayTests : IDisposable
{
    private const string AddComment =
        "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { bodyText } errors { __typename } } }";

    private const int Writers = 16;
    private const int Rounds = 2;
    private const int PerRound = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-killed-");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_acknowledged_comment_survives_kill_9()
    {
        await using (var gateway = await TestGateway.StartAsync(new TestGatewayOptions { Directory = _folder.FullName }))
        {
            await gateway.WriteAsync(db => new SampleNews(db).ArticleAsync());
        }

        var acknowledged = new ConcurrentQueue<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await PostUntilKilledAsync(round, acknowledged);
        }

        await using var restarted = await TestGateway.StartAsync(new TestGatewayOptions { Directory = _folder.FullName });
        var stored = await restarted.ReadAsync(db => db.Set<Comment>().Select(c => c.BodyText).ToListAsync());
        Assert.True(acknowledged.Count >= Rounds * PerRound);
        Assert.Empty(acknowledged.Except(stored));

        // Whatever else was stored was stored whole: counted, and told to the feed without a gap.
        var article = await restarted.ReadAsync(db => db.Set<Article>().SingleAsync());
        var feed = await restarted.ReadAsync(db => db.Set<FeedEvent>().OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(stored.Count, article.CommentCount);
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (long)n), feed.Select(e => e.Number));
    }

    private async Task PostUntilKilledAsync(int round, ConcurrentQueue<string> acknowledged)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.FullName, "Production", [], TestContext.Current.CancellationToken);
        using var http = new HttpClient { Timeout = Waiting.Limit };
        using var limit = new CancellationTokenSource(Waiting.Limit);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;

        async Task PostAsync(int writer)
        {
            for (var number = 0; !limit.IsCancellationRequested; number++)
            {
                var text = $"Round {round}, writer {writer}, comment {number}";
                try
                {
                    acknowledged.Enqueue(await SendAsync(http, gateway.Address, text, limit.Token));
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException)
                {
                    // Killed before it answered: this one may be there or not.
                    return;
                }

                if (Interlocked.Increment(ref count) == PerRound)
                {
                    enough.SetResult();
                }
            }
        }

        var posting = Task.WhenAll(Enumerable.Range(0, Writers).Select(PostAsync));
        await Task.WhenAny(enough.Task, posting).WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
        await gateway.KillAsync();
        await posting.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
    }

    private static async Task<string> SendAsync(HttpClient http, Uri endpoint, string text, CancellationToken cancellationToken)
    {
        var input = new { articleId = GlobalId.Format("Article", 1), authorName = "Ada", authorEmail = "ada@example.com", body = text };
        using var response = await http.PostAsJsonAsync(endpoint, new { query = AddComment, variables = new { input } }, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("data").GetProperty("addComment").GetProperty("comment").GetProperty("bodyText").GetString()!;
    }
}
