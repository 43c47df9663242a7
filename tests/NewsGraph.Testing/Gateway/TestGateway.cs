using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Gateway.Hosting;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Testing.Servers;

namespace NewsGraph.Testing.Gateway;

/// <summary>What a test's gateway differs in.</summary>
public sealed record TestGatewayOptions
{
    /// <summary>Where the database lives; null for a folder of its own, deleted with the gateway.</summary>
    public string? Directory { get; init; }

    /// <summary>What the data is stored in.</summary>
    public TestDatabase Database { get; init; }

    /// <summary>The connection string of another gateway's PostgreSQL database, to share it; null for one of its own.</summary>
    public string? Postgres { get; init; }

    /// <summary>The Redis that connects it to others, or null.</summary>
    public string? Redis { get; init; }

    /// <summary>The clock, or null for the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Adds to the gateway's services.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Further settings, each <c>--Section:Key=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}

/// <summary>A whole gateway in this process: a free port on the loopback address and a database of the test's own.</summary>
public sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo? _owned;
    private readonly string? _ownedPostgres;

    private TestGateway(WebApplication app, StatementLog statements, string directory, DirectoryInfo? owned, string? postgres, string? ownedPostgres)
    {
        (_app, Statements, Directory, _owned) = (app, statements, directory, owned);
        (Postgres, _ownedPostgres) = (postgres, ownedPostgres);
        Url = app.Urls.Single();
        Http = new HttpClient { BaseAddress = new Uri(Url), Timeout = Waiting.Limit };
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>The GraphQL endpoint.</summary>
    public string GraphQLUrl => Url + GatewayHost.GraphQLPath;

    /// <summary>A client that knows the address and gives up in time.</summary>
    public HttpClient Http { get; }

    /// <summary>The folder of the database.</summary>
    public string Directory { get; }

    /// <summary>The connection string of the PostgreSQL database; null on SQLite.</summary>
    public string? Postgres { get; }

    /// <summary>The gateway's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The SQL the gateway has sent.</summary>
    public StatementLog Statements { get; }

    /// <summary>Starts a gateway; an empty database unless the options name a folder with one.</summary>
    public static async Task<TestGateway> StartAsync(TestGatewayOptions? options = null)
    {
        options ??= new TestGatewayOptions();
        var owned = options.Directory is null ? System.IO.Directory.CreateTempSubdirectory("newsgraph-gateway-") : null;
        var directory = options.Directory ?? owned!.FullName;
        var ownedPostgres = options is { Database: TestDatabase.Postgres, Postgres: null } ? await SharedPostgres.NewDatabaseAsync() : null;
        var postgres = options.Postgres ?? ownedPostgres;
        var statements = new StatementLog();
        string[] settings =
        [
            "--urls=http://127.0.0.1:0",
            "--environment=Production",
            $"--Storage:Directory={directory}",
            "--GraphQL:Limits:AllowIntrospection=true",
            .. postgres is null ? Array.Empty<string>() : ["--Storage:Provider=postgres", $"--ConnectionStrings:Postgres={postgres}"],
            .. options.Redis is null ? Array.Empty<string>() : [$"--ConnectionStrings:Redis={options.Redis}"],
            .. options.Settings,
        ];
        var app = GatewayHost.Build(settings, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(statements)
                .AddFilter<StatementLog>(StatementLog.Category, LogLevel.Information)
                .AddFilter<StatementLog>(NewsReader.LogCategory, LogLevel.Debug);
            if (options.Time is not null)
            {
                builder.Services.AddSingleton(options.Time);
            }

            options.Services?.Invoke(builder.Services);
        });
        try
        {
            await app.StartAsync().WaitAsync(Waiting.Limit);
        }
        catch
        {
            await app.DisposeAsync();
            owned?.Delete(recursive: true);
            throw;
        }

        return new TestGateway(app, statements, directory, owned, postgres, ownedPostgres);
    }

    /// <summary>Changes the database as the gateway itself would.</summary>
    public Task WriteAsync(Func<NewsContext, Task> act) => Services.GetRequiredService<INewsWriter>().WriteAsync(async (scope, _) =>
    {
        await act(scope.Db);
        return true;
    }).WaitAsync(Waiting.Limit);

    /// <summary>Reads the database.</summary>
    public async Task<T> ReadAsync<T>(Func<NewsContext, Task<T>> read)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<NewsContext>>().CreateDbContextAsync();
        return await read(db).WaitAsync(Waiting.Limit);
    }

    /// <summary>Runs an operation that must succeed; the answer's <c>data</c>.</summary>
    public async Task<JsonElement> QueryAsync(string query, object? variables = null, string? operationName = null)
    {
        var answer = await SendAsync(query, variables, operationName);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>Runs an operation that must fail; the first of the answer's <c>errors</c>.</summary>
    public async Task<JsonElement> FailAsync(string query, object? variables = null)
    {
        var answer = await SendAsync(query, variables);
        Assert.True(answer.TryGetProperty("errors", out var errors), answer.ToString());
        return errors[0];
    }

    /// <summary>Runs an operation; the whole answer.</summary>
    public async Task<JsonElement> SendAsync(string query, object? variables = null, string? operationName = null)
    {
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables, operationName });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Posts the comments <c>Post 1</c>, <c>Post 2</c> … under the first article, one after the other.</summary>
    /// <param name="first">The first one's number.</param>
    /// <param name="last">The last one's number.</param>
    public async Task PostAsync(int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            var data = await QueryAsync(
                "mutation($input: AddCommentInput!) { addComment(input: $input) { errors { __typename } } }",
                new { input = new { articleId = GlobalId.Format("Article", 1L), authorName = "Ada", authorEmail = "ada@example.com", body = $"Post {number}" } });
            Assert.Equal("""{"errors":null}""", data.GetProperty("addComment").GetRawText());
        }
    }

    /// <summary>Subscribes over SSE; complete when the subscription stands.</summary>
    public Task<EventStream> SubscribeAsync(string query, object? variables = null) => EventStream.OpenAsync(GraphQLUrl, query, variables);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync().WaitAsync(Waiting.Limit);
        await _app.DisposeAsync();
        if (_owned is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            _owned.Delete(recursive: true);
        }

        if (_ownedPostgres is not null)
        {
            await SharedPostgres.DropAsync(_ownedPostgres);
        }
    }
}
