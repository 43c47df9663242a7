using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Feeds;
using NewsGraph.PubSub;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>A database of the test's own, the acts that change it, and what they told the feeds.</summary>
public sealed class ActFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ActFixture(TestStorage storage)
    {
        Storage = storage;
        _services = new ServiceCollection()
            .AddLogging()
            .AddInMemoryTopicBus()
            .AddOptions<CommentOptions>().Services
            .AddSingleton(storage.Databases)
            .AddSingleton(storage.Writer)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<FeedLog>()
            .BuildServiceProvider();
    }

    /// <summary>The database.</summary>
    public TestStorage Storage { get; }

    /// <summary>The acts' clock.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));

    /// <param name="postgres">The connection string of the test's PostgreSQL database; null for SQLite.</param>
    public static async Task<ActFixture> StartAsync(string? postgres) => new(await TestStorage.StartAsync(postgres: postgres));

    /// <summary>An act by its class.</summary>
    public T Act<T>() => ActivatorUtilities.CreateInstance<T>(_services);

    /// <summary>Puts news into the database.</summary>
    public Task<T> GivenAsync<T>(Func<SampleNews, Task<T>> news) =>
        Storage.Writer.WriteAsync((scope, _) => news(new SampleNews(scope.Db))).WaitAsync(Waiting.Limit);

    /// <summary>Posts a comment as a reader does.</summary>
    public Task<PostCommentOutcome> PostAsync(long articleId, string body, long? parentId = null) => Act<PostComment>()
        .RunAsync(new PostCommentRequest(articleId, parentId, "Ada", "ada@example.com", null, body, null, null), CancellationToken.None)
        .WaitAsync(Waiting.Limit);

    /// <summary>What a feed was told so far; its numbers must be 1, 2, 3 …</summary>
    public async Task<List<FeedNews>> ToldAsync(string feed)
    {
        var events = await Storage.ReadAsync(db => db.Set<FeedEvent>().Where(e => e.Feed == feed).OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Number));
        return events.ConvertAll(e => new FeedNews(e.Kind, e.SubjectId, e.Count));
    }

    /// <summary>A row as it is now.</summary>
    public Task<T> ReadAsync<T>(long id)
        where T : class => Storage.ReadAsync(db => db.Set<T>().SingleAsync(row => EF.Property<long>(row, "Id") == id));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
