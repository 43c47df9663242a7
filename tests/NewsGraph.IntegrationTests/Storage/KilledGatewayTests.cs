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
using NewsGraph.Testing.Servers;

namespace NewsGraph.IntegrationTests.Storage;

public abstract class KilledGatewayTests : IAsyncLifetime
{
    private const string AddComment =
        "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { bodyText } errors { __typename } } }";

    private const int Writers = 16;
    private const int Rounds = 2;
    private const int PerRound = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newsgraph-killed-");

    /// <summary>The connection string of the PostgreSQL database; null on SQLite.</summary>
    protected virtual string? Postgres => null;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_acknowledged_comment_survives_kill_9()
    {
        await WriteArticleAsync();
        var acknowledged = new ConcurrentQueue<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await PostUntilKilledAsync(round, acknowledged, gateway => gateway.KillAsync());
        }

        Assert.True(acknowledged.Count >= Rounds * PerRound);
        await NothingIsMissingAsync(acknowledged);
    }

    /// <summary>Makes the article that is commented on.</summary>
    protected async Task WriteArticleAsync()
    {
        await using var gateway = await StartAsync();
        await gateway.WriteAsync(db => new SampleNews(db).ArticleAsync());
    }

    /// <summary>Looks for every comment that was acknowledged.</summary>
    protected async Task NothingIsMissingAsync(IReadOnlyCollection<string> acknowledged)
    {
        await using var restarted = await StartAsync();
        var stored = await restarted.ReadAsync(db => db.Set<Comment>().Select(c => c.BodyText).ToListAsync());
        Assert.Empty(acknowledged.Except(stored));

        // Whatever else was stored was stored whole: counted, and told to the feed without a gap.
        var article = await restarted.ReadAsync(db => db.Set<Article>().SingleAsync());
        var feed = await restarted.ReadAsync(db => db.Set<FeedEvent>().OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(stored.Count, article.CommentCount);
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (long)n), feed.Select(e => e.Number));
    }

    /// <summary>Posts from many writers, and kills something under them.</summary>
    protected async Task PostUntilKilledAsync(int round, ConcurrentQueue<string> acknowledged, Func<ServerProcess, Task> kill)
    {
        string[] settings = Postgres is null ? [] : ["--Storage:Provider=postgres", $"--ConnectionStrings:Postgres={Postgres}"];
        await using var gateway = await GatewayProcess.StartAsync(_folder.FullName, "Production", settings, TestContext.Current.CancellationToken);
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
                catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException)
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
        await kill(gateway);
        await posting.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
    }

    private static async Task<string> SendAsync(HttpClient http, Uri endpoint, string text, CancellationToken cancellationToken)
    {
        var input = new { articleId = GlobalId.Format("Article", 1), authorName = "Ada", authorEmail = "ada@example.com", body = text };
        using var response = await http.PostAsJsonAsync(endpoint, new { query = AddComment, variables = new { input } }, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("data").GetProperty("addComment").GetProperty("comment").GetProperty("bodyText").GetString()!;
    }

    private Task<TestGateway> StartAsync() => TestGateway.StartAsync(new TestGatewayOptions { Directory = _folder.FullName, Postgres = Postgres });
}

public sealed class SqliteKilledGatewayTests : KilledGatewayTests;

public sealed class PostgresKilledGatewayTests : KilledGatewayTests
{
    private PostgresServer _server = null!;
    private string _database = null!;

    protected override string? Postgres => _database;

    public override async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(durable: true);
        _database = _server.NewDatabase();
    }

    [Fact]
    public async Task Every_acknowledged_comment_survives_kill_9_of_the_database_server()
    {
        await WriteArticleAsync();
        var acknowledged = new ConcurrentQueue<string>();

        await PostUntilKilledAsync(0, acknowledged, _ => _server.KillAsync());

        await _server.RestartAsync();
        await NothingIsMissingAsync(acknowledged);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }
}
