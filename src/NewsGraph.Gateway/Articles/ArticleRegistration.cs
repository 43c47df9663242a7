using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Feeds;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

public static class ArticleRegistration
{
    /// <summary>Adds articles to the graph: their type, their root fields, the lists of tags and authors, their feed, publishing.</summary>
    public static IServiceCollection AddArticles(this IServiceCollection services) =>
        services
            .AddSingleton<PublishArticle>()
            .AddSingleton<WithdrawArticle>()
            .AddSingleton<IFeedContent, ArticleFeedContent>()
            .AddNodes<ArticleNodes>()
            .AddFields<QueryType, ArticleQueries>()
            .AddFields<SubscriptionType, ArticleSubscriptions>()
            .AddFields<FeedResetType, ArticleFeedReset>()
            .AddToSchema<ArticlePublishedType>()
            .AddToSchema<ArticleUpdatedType>()
            .AddToSchema<ArticleWithdrawnType>()
            .AddFields<TagType, TagArticles>()
            .AddFields<AuthorType, AuthorArticles>();
}
