using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Articles;

/// <summary>Root fields that find articles.</summary>
internal sealed class ArticleQueries(IDbContextFactory<NewsContext> databases) : IFieldsOf<QueryType>
{
    public void AddTo(QueryType type)
    {
        type.PagedArticles("Articles, the newest first unless sorted otherwise.")
            .Resolve(_ => QueryScope.Of(databases.CreateDbContext(), db => db.Set<Article>().Where(Article.IsPublic)));
        type.Field<ArticleType>("articleBySlug")
            .Description("The article with a slug; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("slug", "The article's readable name in addresses.")
            .ResolveAsync(async context =>
            {
                var slug = context.GetArgument<string>("slug");
                await using var db = databases.CreateDbContext();
                return await db.Set<Article>().Where(Article.IsPublic).SingleOrDefaultAsync(a => a.Slug == slug, context.CancellationToken);
            });
        type.Field<ArticleType>("articleByUrl")
            .Description("The article with an address at its source (`canonicalUrl`); null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("url", "The whole address, exactly as in `canonicalUrl`.")
            .ResolveAsync(async context =>
            {
                var url = context.GetArgument<string>("url");
                await using var db = databases.CreateDbContext();
                return await db.Set<Article>().Where(Article.IsPublic)
                    .OrderByDescending(a => a.Id)
                    .FirstOrDefaultAsync(a => a.CanonicalUrl == url, context.CancellationToken);
            });
    }
}
