using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

public static class ArticleRegistration
{
    /// <summary>Adds articles to the graph: their type, their root fields, the lists of tags and authors, publishing.</summary>
    public static IServiceCollection AddArticles(this IServiceCollection services) =>
        services
            .AddSingleton<PublishArticle>()
            .AddSingleton<WithdrawArticle>()
            .AddNodes<ArticleNodes>()
            .AddFields<QueryType, ArticleQueries>()
            .AddFields<TagType, TagArticles>()
            .AddFields<AuthorType, AuthorArticles>();
}
