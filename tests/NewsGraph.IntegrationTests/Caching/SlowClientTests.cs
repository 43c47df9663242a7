using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsGraph.Testing.Gateway;
using NewsGraph.Testing.Processes;
using NewsGraph.Testing.Servers;
using Npgsql;

namespace NewsGraph.IntegrationTests.Caching;

/// <summary>A client that reads slowly keeps its own answer waiting, and nothing of the database.</summary>
public sealed class SlowClientTests
{
    private const int Clients = 4;
    private const string Other = """{ articleBySlug(slug: "article-2") { title } }""";

    [Fact]
    public async Task Clients_that_stopped_reading_hold_no_connection_of_a_pool_smaller_than_they_are_many()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        try
        {
            var pool = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = Clients / 2 };
            await using var gateway = await StartAsync(new TestGatewayOptions { Database = TestDatabase.Postgres, Postgres = pool.ConnectionString });
            using var slow = await SlowReaders.AskAsync(gateway);

            await gateway.QueryAsync(Other);
            await gateway.WriteAsync(db => new SampleNews(db).AuthorAsync("Ada"));

            await slow.AreStillWaitingAsync();
        }
        finally
        {
            await SharedPostgres.DropAsync(database);
        }
    }

    [Fact]
    public async Task Clients_that_stopped_reading_keep_no_old_state_of_an_sqlite_file()
    {
        await using var gateway = await StartAsync(new TestGatewayOptions());
        using var slow = await SlowReaders.AskAsync(gateway);
        await gateway.WriteAsync(db => new SampleNews(db).AuthorAsync("Ada"));

        Assert.Equal(0L, Checkpoint(gateway));
        await slow.AreStillWaitingAsync();

        // One that does read would be noticed.
        await using var reader = new SqliteConnection($"Data Source={GatewayProcess.Database(gateway.Directory)};Pooling=false");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = reader.BeginTransaction(deferred: true);
        await using var read = reader.CreateCommand();
        read.CommandText = "SELECT count(*) FROM articles";
        await read.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await gateway.WriteAsync(db => new SampleNews(db).AuthorAsync("Bob"));
        Assert.Equal(1L, Checkpoint(gateway));
    }

    // 1 when somebody still reads what was before the last write.
    private static object? Checkpoint(TestGateway gateway)
    {
        using var connection = new SqliteConnection($"Data Source={GatewayProcess.Database(gateway.Directory)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return command.ExecuteScalar();
    }

    private static async Task<TestGateway> StartAsync(TestGatewayOptions options)
    {
        var gateway = await TestGateway.StartAsync(options with { Settings = CachedNews.Settings });
        await gateway.WriteAsync(async db =>
        {
            var news = new SampleNews(db);
            await news.ArticleAsync(article => article.Body = new string('x', SlowReaders.Bytes));
            await news.ArticleAsync();
        });
        return gateway;
    }

    /// <summary>Clients that ask for more than any buffer on the way holds, and read the answer's first bytes.</summary>
    private sealed class SlowReaders : IDisposable
    {
        // A sender's buffer grows to four megabytes, a receiver's is kept small.
        public const int Bytes = 8 * 1024 * 1024;

        private readonly List<Socket> _sockets = [];

        public static async Task<SlowReaders> AskAsync(TestGateway gateway)
        {
            var readers = new SlowReaders();
            for (var client = 0; client < Clients; client++)
            {
                // Each its own document: equal ones would be executed once.
                await readers.AskAsync(new Uri(gateway.Url), $$"""{ a{{client}}: articleBySlug(slug: "article-1") { body } }""");
            }

            return readers;
        }

        /// <summary>Fails when an answer had room to be sent; then the test would show nothing.</summary>
        public async Task AreStillWaitingAsync()
        {
            var next = new byte[1];
            foreach (var socket in _sockets)
            {
                Assert.InRange(socket.Available, 1, Bytes / 10);
                Assert.Equal(1, await socket.ReceiveAsync(next, TestContext.Current.CancellationToken));
            }
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

        private async Task AskAsync(Uri url, string query)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            _sockets.Add(socket);
            await socket.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
            var body = JsonSerializer.Serialize(new { query });
            var request = $"POST /graphql HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

            // One byte at a time, until the answer has begun: so it was executed.
            var seen = new StringBuilder();
            var next = new byte[1];
            while (!seen.ToString().EndsWith("\"body\":", StringComparison.Ordinal))
            {
                Assert.Equal(1, await socket.ReceiveAsync(next, TestContext.Current.CancellationToken).AsTask().WaitAsync(Waiting.Limit));
                seen.Append((char)next[0]);
            }

            Assert.StartsWith("HTTP/1.1 200", seen.ToString(), StringComparison.Ordinal);
        }
    }
}
