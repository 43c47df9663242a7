using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Testing.Gateway;
using Npgsql;

namespace NewsGraph.IntegrationTests.Storage;

/// <summary>What the loaders of one level ask PostgreSQL for is sent together.</summary>
public sealed class StatementBatchTests
{
    private const int Readings = 10;

    [Fact]
    public async Task A_level_is_one_round_trip()
    {
        await using var gateway = await StartAsync();
        const string Query = "{ articles(first: 5) { nodes { tags { name } authors { name } comments(first: 2) { totalCount nodes { bodyText } } } } }";
        await gateway.QueryAsync(Query);
        gateway.Statements.Clear();
        using var trips = new RoundTrips(gateway.Postgres!);

        for (var reading = 0; reading < Readings; reading++)
        {
            await gateway.QueryAsync(Query);
        }

        // The list, and then what its articles have; what goes on beside them in a quiet gateway is much less than a trip a reading.
        Assert.InRange(gateway.Statements.Statements.Count, 4 * Readings, 8 * Readings);
        Assert.InRange(trips.Count, 2 * Readings, 3 * Readings);
    }

    [Fact]
    public async Task A_statement_that_fails_takes_no_other_of_its_level_with_it()
    {
        await using var gateway = await StartAsync();
        const string Query = "{ articleBySlug(slug: \"article-1\") { tags { name } authors { name } } }";
        await gateway.QueryAsync(Query);
        await gateway.WriteAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE article_authors", TestContext.Current.CancellationToken));

        var answer = await gateway.SendAsync(Query);

        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("[\"articleBySlug\",\"authors\"]", error.GetProperty("path").GetRawText());
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Database = TestDatabase.Postgres,
            Settings = ["--ResponseCache:Enabled=false"],
        });
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            var city = await news.TagAsync("City");
            var ada = await news.AuthorAsync("Ada");
            for (var i = 0; i < 5; i++)
            {
                await news.CommentAsync(await news.ArticleAsync(a => a.Authors.Add(ada), [city]));
            }
        });
        return gateway;
    }

    // How often the driver went to one database.
    private sealed class RoundTrips : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public RoundTrips(string connectionString)
        {
            var database = "Database=" + new NpgsqlConnectionStringBuilder(connectionString).Database;
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag.Value is string text && text.Contains(database, StringComparison.Ordinal))
                    {
                        Interlocked.Increment(ref _count);
                    }
                }
            });
            _listener.Start();
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
