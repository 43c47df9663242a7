using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Execution;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Testing.Specifications;

/// <summary>The engine around one feed: a subscription whose events tell their subjects.</summary>
internal sealed class FeedExecution : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public FeedExecution(string feed, FeedStreams feeds)
    {
        var services = new ServiceCollection();
        services.Configure<SubscriptionOptions>(options => (options.KeptEvents, options.ReplayPageSize) = (8, 7));
        services.AddSingleton<ISchema>(new FeedSchema(feed, feeds));
        _services = services.AddGraphQLExecution().BuildServiceProvider();
    }

    public async Task<ISubscription> SubscribeAsync(string? after)
    {
        var result = await _services.GetRequiredService<IOperationExecutor>().ExecuteAsync(
            new OperationRequest
            {
                Query = "subscription($after: String) { feed(after: $after) { subject reason } }",
                Variables = JsonSerializer.SerializeToElement(new { after }),
            },
            CancellationToken.None);
        return result.Subscription ?? throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(result.Json.Span));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class FeedSchema : Schema
    {
        public FeedSchema(string feed, FeedStreams feeds)
        {
            var query = new ObjectGraphType { Name = "Query" };
            query.Field<StringGraphType>("nothing").Resolve(_ => null);
            Query = query;
            var told = new ObjectGraphType { Name = "Told" };
            told.Field<StringGraphType>("subject").Resolve(context => (context.Source as long?)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            told.Field<StringGraphType>("reason").Resolve(context => (context.Source as FeedReset)?.Reason.ToString());
            var subscription = new ObjectGraphType { Name = "Subscription" };
            subscription.Field("feed", new NonNullGraphType(told))
                .Argument<StringGraphType>("after")
                .FieldType.ShareStream(context => feeds.OpenAsync(context, new FeedView(feed)));
            Subscription = subscription;
        }
    }
}

/// <summary>What events tell in a specification: their subjects.</summary>
internal sealed class SubjectContent : IFeedContent
{
    public IReadOnlyCollection<FeedEventKind> Kinds { get; } = [FeedEventKind.CommentAdded];

    public bool Hides(FeedEventKind kind) => false;

    public Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<long, object>>(entries.ToDictionary(e => e.Event.Number, e => (object)e.Event.SubjectId));
}

/// <summary>A client of the feed, with a limit on every wait.</summary>
public sealed class FeedClient(ISubscription subscription, int room) : IAsyncDisposable
{
    private readonly SubscriptionReader _reader = new(subscription, room);

    /// <summary>The position of the last event read.</summary>
    public string? Position { get; private set; }

    /// <summary>The numbers of the next events, from their positions.</summary>
    public async Task<List<long>> NumbersAsync(int count)
    {
        List<long> numbers = [];
        while (numbers.Count < count)
        {
            await NextAsync();
            Assert.True(FeedPosition.TryParse(Position, out var position));
            numbers.Add(position.Number);
        }

        return numbers;
    }

    /// <summary>The next event: its subject, or the reason of a reset.</summary>
    public async Task<(string? Subject, string? Reason)> NextAsync()
    {
        var item = Assert.NotNull(await _reader.NextAsync());
        Position = item.Id;
        var told = JsonSerializer.Deserialize<JsonElement>(item.Json.Span).GetProperty("data").GetProperty("feed");
        return (told.GetProperty("subject").GetString(), told.GetProperty("reason").GetString());
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
