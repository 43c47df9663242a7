using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Articles;

/// <summary>Root fields that find articles.</summary>
internal sealed class ArticleQueries(NewsReader reader) : IFieldsOf<QueryType>
{
    private static readonly Query<string, Article> BySlug =
        Query.Of((NewsContext db, string slug) => db.Set<Article>().Where(Article.IsPublic).Where(a => a.Slug == slug))
            .Narrowed((slug, found) => found.Count == 0 ? Part.Of<Article>(a => a.Slug, slug) : Part.Of<Article>(a => a.Id, [found[0].Id]));

    private static readonly Query<string, Article> ByUrl = Query.Of((NewsContext db, string url) =>
        db.Set<Article>().Where(Article.IsPublic).Where(a => a.CanonicalUrl == url).OrderByDescending(a => a.Id));

    public void AddTo(QueryType type)
    {
        type.PagedArticles("Articles, the newest first unless sorted otherwise.")
            .Resolve(context => reader.Rows(this, SelectedDemand<Article>.Of(context), db => db.Set<Article>().Where(Article.IsPublic), TotalCount.Plan));
        type.Field<ArticleType>("articleBySlug")
            .Description("The article with a slug; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("slug", "The article's readable name in addresses.")
            .ResolveAsync(context => FindAsync(context, BySlug, context.GetArgument<string>("slug")));
        type.Field<ArticleType>("articleByUrl")
            .Description("The article with an address at its source (`canonicalUrl`); null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("url", "The whole address, exactly as in `canonicalUrl`.")
            .ResolveAsync(context => FindAsync(context, ByUrl, context.GetArgument<string>("url")));
    }

    private async Task<object?> FindAsync(IResolveFieldContext context, Query<string, Article> query, string value) =>
        (await reader.ReadAsync(query, value, SelectedDemand<Article>.Of(context), context.CancellationToken)).FirstOrDefault();
}
