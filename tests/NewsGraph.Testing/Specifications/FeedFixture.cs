using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;
using NewsGraph.PubSub;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>A feed's log in a database of the test's own, and one node that follows it over a bus the test tampers with.</summary>
public sealed class FeedFixture : IAsyncDisposable
{
    /// <summary>How many events may wait for a subscriber here.</summary>
    public const int MaxWaitingEvents = 16;

    /// <summary>How many events a feed keeps here.</summary>
    public const int KeepCount = 100;

    /// <summary>How long a feed keeps an event here.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    private static readonly FeedOptions Options = new() { MaxWaitingEvents = MaxWaitingEvents, ReadSize = 3 };

    private readonly TestStorage _storage;
    private readonly FeedExecution _execution;

    private FeedFixture(TestStorage storage, ITopicBus bus, FeedOptions options)
    {
        _storage = storage;
        Bus = new TamperedBus(bus);
        Log = new FeedLog(Bus, storage.Databases, NullLogger<FeedLog>.Instance);
        Contents = new FeedContents(storage.Setup, [new SubjectContent()]);
        Hub = new FeedHub(Log, Contents, Bus, Microsoft.Extensions.Options.Options.Create(options), NullLogger<FeedHub>.Instance);
        _execution = new FeedExecution(Feed, new FeedStreams(Hub, Log, Contents));
        Pruning = new FeedPruning(storage.Writer, storage.Databases, Microsoft.Extensions.Options.Options.Create(options), Time);
    }

    /// <summary>The clock of pruning.</summary>
    public FakeTimeProvider Time { get; } = new(SampleNews.Start);

    /// <summary>What gives up old events.</summary>
    public FeedPruning Pruning { get; }

    /// <summary>How often positions are compared.</summary>
    public static TimeSpan PositionCheckInterval => Options.PositionCheckInterval;

    /// <summary>The feed's name, another one in every test.</summary>
    public string Feed { get; } = $"article:{Random.Shared.NextInt64()}";

    /// <summary>The bus.</summary>
    public TamperedBus Bus { get; }

    /// <summary>The log.</summary>
    public FeedLog Log { get; }

    /// <summary>What events tell: their subjects.</summary>
    public FeedContents Contents { get; }

    /// <summary>The node's hub.</summary>
    public FeedHub Hub { get; }

    /// <param name="bus">The real bus.</param>
    /// <param name="maxWaitingEvents">How many events may wait for a subscriber.</param>
    /// <param name="postgres">The connection string of its PostgreSQL database; null for SQLite.</param>
    public static async Task<FeedFixture> StartAsync(ITopicBus bus, int maxWaitingEvents = MaxWaitingEvents, string? postgres = null) => new(
        await TestStorage.StartAsync(postgres: postgres),
        bus,
        new FeedOptions { MaxWaitingEvents = maxWaitingEvents, ReadSize = Options.ReadSize, KeepCount = KeepCount, KeepFor = KeepFor });

    /// <summary>Subscribes through the engine, as clients do.</summary>
    /// <param name="after">The position to go on after, or null for now.</param>
    /// <param name="room">How many events the reader lets wait before it says that it is not ready.</param>
    public async Task<FeedClient> SubscribeAsync(string? after = null, int room = int.MaxValue) =>
        new(await _execution.SubscribeAsync(after).WaitAsync(Waiting.Limit), room);

    /// <summary>The position after an event.</summary>
    public string PositionOf(long number) => Contents.PositionOf(Feed, number).ToString();

    /// <summary>Reads the database.</summary>
    public Task<T> ReadAsync<T>(Func<NewsContext, Task<T>> read) => _storage.ReadAsync(read);

    /// <summary>Follows the feed.</summary>
    public async Task<FeedReader> FollowAsync(CancellationToken lifetime = default) =>
        new(await Hub.FollowAsync(Feed, lifetime).WaitAsync(Waiting.Limit, CancellationToken.None));

    /// <summary>Writes an event.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="committed">Called once it is durable.</param>
    /// <param name="failure">Fails the act after the event was written.</param>
    public Task<FeedEvent> AppendAsync(long subject, Action? committed = null, Exception? failure = null) => _storage.Writer.WriteAsync(
        async (scope, ct) =>
        {
            scope.AfterCommit(() => committed?.Invoke());
            var entry = await Log.AppendAsync(scope, Feed, FeedEventKind.CommentAdded, subject, SampleNews.Start.AddSeconds(subject), subject * 10, ct);
            return failure is null ? entry : throw failure;
        }).WaitAsync(Waiting.Limit);

    /// <summary>Writes several events, one after the other; their subjects are 1, 2, 3 …</summary>
    public async Task AppendManyAsync(int count)
    {
        for (var subject = 1; subject <= count; subject++)
        {
            await AppendAsync(subject);
        }
    }

    /// <summary>Writes several events in one go; their subjects are 1, 2, 3 …</summary>
    public Task<IReadOnlyList<FeedEvent>> AppendTogetherAsync(int count) => _storage.Writer.WriteAsync(
        (scope, ct) => Log.AppendAsync(
            scope, Feed, [.. Enumerable.Range(1, count).Select(n => new FeedNews(FeedEventKind.CommentAdded, n, n))], SampleNews.Start, ct))
        .WaitAsync(Waiting.Limit);

    /// <summary>The node's position check, not yet started.</summary>
    public IHostedService CreatePositionCheck(TimeProvider time) =>
        new PositionCheck(Hub, Bus, Microsoft.Extensions.Options.Options.Create(Options), time, NullLogger<PositionCheck>.Instance);

    /// <summary>Waits until nobody follows anything and the bus knows it.</summary>
    public async Task ReleasedAsync()
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (Hub.FollowedCount != 0 || Bus.Subscriptions != 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _execution.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
