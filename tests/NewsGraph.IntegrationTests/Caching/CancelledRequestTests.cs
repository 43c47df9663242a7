using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Testing.Gateway;
using Npgsql;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>Requests whose client goes away while the database is still at work for them.</summary>
public sealed class CancelledRequestTests : IAsyncLifetime
{
    private const string Query = "{ articles(first: 5) { nodes { title } } }";

    private TestGateway _gateway = null!;
    private NpgsqlConnection _blocker = null!;

    private ResponseCache Cache => _gateway.Services.GetRequiredService<ResponseCache>();

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(new TestGatewayOptions { Database = TestDatabase.Postgres, Settings = CachedNews.Settings });
        await _gateway.WriteAsync(db => new SampleNews(db).ArticleAsync());

        // Whoever reads articles waits from now on.
        _blocker = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_gateway.Postgres) { Pooling = false }.ConnectionString);
        await _blocker.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("BEGIN");
        await ExecuteAsync("LOCK TABLE articles IN ACCESS EXCLUSIVE MODE");
    }

    public async ValueTask DisposeAsync()
    {
        await _blocker.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task When_the_only_client_goes_the_database_stops_and_nothing_is_kept()
    {
        using var leaves = new CancellationTokenSource();
        var asking = AskAsync(leaves.Token);
        await WaitingAsync(statements: 1);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        // The lock still stands: it has not come to an end by itself.
        await WaitingAsync(statements: 0);
        Assert.Equal(0, Cache.Count);

        await ExecuteAsync("COMMIT");
        Assert.Contains("Article 001", await AskAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, Cache.Count);
    }

    [Fact]
    public async Task When_the_first_of_two_goes_the_other_still_gets_the_answer()
    {
        using var leaves = new CancellationTokenSource();
        var first = AskAsync(leaves.Token);
        await WaitingAsync(statements: 1);
        var second = AskAsync(TestContext.Current.CancellationToken);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await WaitingAsync(statements: 1);
        await ExecuteAsync("COMMIT");

        Assert.Contains("Article 001", await second, StringComparison.Ordinal);
        Assert.Equal(1, Cache.Count);
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(new { query = Query });
        using var response = await _gateway.Http.PostAsync("/graphql", content, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private Task WaitingAsync(int statements) => Waiting.UntilAsync(async () =>
    {
        await using var command = _blocker.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == statements;
    });

    private async Task ExecuteAsync(string statement)
    {
        await using var command = _blocker.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
