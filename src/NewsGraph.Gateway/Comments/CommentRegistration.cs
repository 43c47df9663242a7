using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Comments;

public static class CommentRegistration
{
    /// <summary>Adds comments to the graph: their type, the articles' lists of them, the acts that change them, following.</summary>
    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddOptions<CommentOptions>().BindConfiguration("Comments").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<PostComment>()
            .AddSingleton<EditComment>()
            .AddSingleton<RemoveComment>()
            .AddSingleton<RestoreComment>()
            .AddSingleton<LikeComment>()
            .AddSingleton<OpenComments>()
            .AddSingleton<CloseComments>()
            .AddSingleton<CommentFeed>()
            .AddSingleton<CommentCountSources>()
            .AddSingleton<IFeedContent, CommentContent>()
            .AddSingleton<IFeedContent, CommentingContent>()
            .AddNodes<CommentNodes>()
            .AddFields<ArticleType, ArticleComments>()
            .AddFields<MutationType, CommentMutations>()
            .AddFields<QueryType, CommentFeedQuery>()
            .AddFields<FeedResetType, CommentFeedReset>()
            .AddToSchema<CommentRemovedType>()
            .AddToSchema<CommentEditedType>()
            .AddToSchema<CommentLikedType>()
            .AddToSchema<CommentsClosedType>()
            .AddToSchema<CommentsOpenedType>()
            .AddToSchema<FeedResetType>()
            .AddFields<SubscriptionType, CommentSubscriptions>()
            .AddFields<SubscriptionType, CommentCountSubscription>();
    }
}
