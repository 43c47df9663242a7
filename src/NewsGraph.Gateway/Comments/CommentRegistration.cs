using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Articles;

namespace NewsGraph.Gateway.Comments;

public static class CommentRegistration
{
    /// <summary>Adds comments to the graph: their type, the articles' lists of them, posting and following.</summary>
    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddOptions<CommentOptions>().BindConfiguration("Comments").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<PostComment>()
            .AddNodes<CommentNodes>()
            .AddFields<ArticleType, ArticleComments>()
            .AddFields<MutationType, CommentMutations>()
            .AddFields<SubscriptionType, CommentSubscriptions>();
    }
}
