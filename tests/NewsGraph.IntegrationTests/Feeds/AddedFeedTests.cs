using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.IntegrationTests.Feeds;

/// <summary>Proves that a feed more is a few lines: a name, a kind, what it tells, a field.</summary>
public sealed class AddedFeedTests
{
    private const string Feed = "reports";
    private const FeedEventKind Reported = (FeedEventKind)200;

    [Fact]
    public async Task A_feed_more_is_followed_and_resumed_like_the_others()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGatewayOptions
        {
            Services = services => services.AddSingleton<IFeedContent, ReportContent>().AddFields<SubscriptionType, ReportSubscription>(),
        });
        const string OnReport = "subscription { onReport }";
        await using var first = await gateway.SubscribeAsync(OnReport);
        await ReportAsync(gateway, 7);
        Assert.Equal("""{"data":{"onReport":"Report 7"}}""", (await first.NextAsync()).GetRawText());
        await ReportAsync(gateway, 8);

        await using var resumed = await EventStream.OpenAsync(gateway.GraphQLUrl, OnReport, lastEventId: first.LastId);

        Assert.Equal("""{"data":{"onReport":"Report 8"}}""", (await resumed.NextAsync()).GetRawText());
    }

    private static Task<FeedEvent> ReportAsync(TestGateway gateway, long id) => gateway.Services.GetRequiredService<INewsWriter>().WriteAsync(
        (scope, ct) => gateway.Services.GetRequiredService<FeedLog>().AppendAsync(scope, Feed, Reported, id, SampleNews.Start, 0, ct),
        TestContext.Current.CancellationToken);

    private sealed class ReportContent : IFeedContent
    {
        public IReadOnlyCollection<FeedEventKind> Kinds { get; } = [Reported];

        public bool Hides(FeedEventKind kind) => false;

        public Task<IReadOnlyDictionary<long, object>> ReadAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<long, object>>(entries.ToDictionary(e => e.Event.Number, object (e) => $"Report {e.Event.SubjectId}"));
    }

    private sealed class ReportSubscription(FeedStreams feeds) : IFieldsOf<SubscriptionType>
    {
        public void AddTo(SubscriptionType type) => type.Field<NonNullGraphType<StringGraphType>>("onReport")
            .FieldType.ShareStream(context => feeds.OpenAsync(context, new FeedView(Feed) { ShowsReset = false }));
    }
}
