using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Engine.Limits;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Comments;

/// <summary>One article's feed as fields see it. Many subscribers at once cost few statements.</summary>
internal sealed class CommentFeed(FeedStreams feeds, IDbContextFactory<NewsContext> databases)
{
    private const string ArticleId = "articleId";

    private readonly SharedReads<long, bool> _readable = new(async id =>
    {
        await using var db = databases.CreateDbContext();
        return await db.Set<Article>().Where(Article.IsPublic).AnyAsync(a => a.Id == id && !a.IsProtected);
    });

    /// <summary>The argument that names the article.</summary>
    public static QueryArgument ArticleArgument => new(typeof(NonNullGraphType<IdGraphType>)) { Name = ArticleId, Description = "The article." };

    /// <summary>The argument that names the position to begin after.</summary>
    public static QueryArgument AfterArgument => new(typeof(StringGraphType))
    {
        Name = FeedStreams.After,
        Description = "A position of this article's feed: everything after it, then what happens. Without it: what happens from now on.",
    };

    /// <summary>Opens the feed of the article the field's argument names.</summary>
    public async ValueTask<SharedStream> OpenAsync(IResolveFieldContext context, Func<FeedView, FeedView>? configure = null) =>
        await feeds.OpenAsync(context, await ViewAsync(context, configure));

    /// <summary>Reads a page of the feed.</summary>
    public async Task<FeedPage> ReadAsync(IResolveFieldContext context, int limit) =>
        await feeds.ReadAsync(context, await ViewAsync(context, null), limit);

    private async Task<FeedView> ViewAsync(IResolveFieldContext context, Func<FeedView, FeedView>? configure)
    {
        var id = context.GetNodeId(ArticleId, ArticleType.TypeName);
        if (!await _readable.ReadAsync(id, context.CancellationToken))
        {
            throw ArticleErrors.NotFound();
        }

        var view = new FeedView(FeedNames.OfArticle(id));
        return configure?.Invoke(view) ?? view;
    }
}

/// <summary><c>onCommentAdded</c> and <c>onCommentFeed</c>.</summary>
internal sealed class CommentSubscriptions(CommentFeed feed) : IFieldsOf<SubscriptionType>
{
    public void AddTo(SubscriptionType type)
    {
        type.Field<NonNullGraphType<CommentAddedType>>("onCommentAdded")
            .Description("Follows an article's new comments: each once and in order. One that was hidden meanwhile is left out.")
            .Arguments(CommentFeed.ArticleArgument, CommentFeed.AfterArgument)
            .FieldType.ShareStream(context => feed.OpenAsync(context, view => view with
            {
                Select = told => told as CommentAdded,
                ShowsReset = false,
            }));
        type.Field<NonNullGraphType<CommentFeedEventInterface>>("onCommentFeed")
            .Description("Follows everything that happens to an article's comments: each event once and in order.")
            .Arguments(CommentFeed.ArticleArgument, CommentFeed.AfterArgument)
            .FieldType.ShareStream(context => feed.OpenAsync(context));
    }
}

/// <summary><c>commentFeed</c>: the same feed for clients that poll.</summary>
internal sealed class CommentFeedQuery(CommentFeed feed) : IFieldsOf<QueryType>
{
    private static readonly PageLimits Sizes = new(DefaultSize: 50, MaxSize: 200);

    public void AddTo(QueryType type) =>
        type.Field<CommentFeedType>("commentFeed")
            .Description("A page of the feed that `onCommentFeed` follows, for clients that poll.")
            .Arguments(
                CommentFeed.ArticleArgument,
                new QueryArgument(typeof(StringGraphType))
                {
                    Name = FeedStreams.After,
                    Description = "A position of this article's feed: the events after it. Without it: none, and the position to begin at.",
                },
                new QueryArgument(typeof(IntGraphType))
                {
                    Name = "first",
                    Description = $"How many events, at most {Sizes.MaxSize}. Default: {Sizes.DefaultSize}.",
                })
            .ResolveAsync(async context => await feed.ReadAsync(context, PageRequest.Read(context, Sizes).Size))
            .FieldType
            .WithMetadata(CostMetadata.Weight, 10d)
            .WithMetadata(CostMetadata.ListSize, new ListSize(Sizes.MaxSize, ["first"], Sizes.DefaultSize, ["events"], RequireOneSlicingArgument: false));
}

/// <summary><c>CommentFeed</c>.</summary>
internal sealed class CommentFeedType : ObjectGraphType<FeedPage>
{
    public CommentFeedType()
    {
        Name = "CommentFeed";
        Description = "A page of an article's feed.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<CommentFeedEventInterface>>>>("events")
            .Description("What happened, in order.")
            .From(c => c.Events);
        Field<NonNullGraphType<StringGraphType>>("position").Description("Where the next page begins: pass it as `after`.").From(c => c.Position);
        Field<NonNullGraphType<BooleanGraphType>>("hasMore").Description("Whether there is more behind this page already.").From(c => c.HasMore);
    }
}
