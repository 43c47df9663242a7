using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Groups;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Articles;

/// <summary><c>onArticlePublished</c>.</summary>
internal sealed class ArticleSubscriptions(FeedStreams feeds) : IFieldsOf<SubscriptionType>
{
    private const string Tags = "tags";
    private const int MaxTags = 20;

    public void AddTo(SubscriptionType type) =>
        type.Field<NonNullGraphType<ArticleFeedEventInterface>>("onArticlePublished")
            .Description("Follows the articles that readers can read: each that comes, changes or goes, once and in order.")
            .Argument<ListGraphType<NonNullGraphType<StringGraphType>>>(
                Tags,
                $"Slugs of tags, at most {MaxTags}: only articles that have one of them now. Null or empty: all articles. A slug that no tag has is no error.")
            .Argument<StringGraphType>(
                FeedStreams.After,
                "A position of this feed: everything after it, then what happens. Without it: what happens from now on.")
            .FieldType.ShareStream(OpenAsync);

    private ValueTask<SharedStream> OpenAsync(IResolveFieldContext context)
    {
        // Sorted, so that the same tags in another order are the same group.
        var slugs = new SortedSet<string>(context.GetArgument<List<string>?>(Tags) ?? [], StringComparer.Ordinal);
        if (slugs.Count > MaxTags)
        {
            throw ArticleErrors.TooManyTags(MaxTags);
        }

        var view = new FeedView(FeedNames.Articles);
        return feeds.OpenAsync(context, slugs.Count == 0 ? view : view with
        {
            Key = JsonSerializer.Serialize(slugs),
            Select = told => told is ArticleFeedEvent article && !article.Tags.Any(slugs.Contains) ? null : told,
        });
    }
}
