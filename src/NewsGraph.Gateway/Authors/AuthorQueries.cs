using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Authors;

/// <summary>Root fields that find authors.</summary>
internal sealed class AuthorQueries(IDbContextFactory<NewsContext> databases) : IFieldsOf<QueryType>
{
    public void AddTo(QueryType type)
    {
        type.Paged("authors", "Authors, by name unless sorted otherwise.")
            .Of<Author, AuthorsConnectionType>(a => a.Id)
            .Where<AuthorFilterInput>()
            .Order<AuthorSortInput>()
            .DefaultOrder(SortKey.Ascending((Author a) => a.Name))
            .Resolve(_ => QueryScope.Of(databases.CreateDbContext(), db => db.Set<Author>()));
        type.Field<AuthorType>("authorBySlug")
            .Description("The author with a slug; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("slug", "The author's readable name in addresses.")
            .ResolveAsync(async context =>
            {
                var slug = context.GetArgument<string>("slug");
                await using var db = databases.CreateDbContext();
                return await db.Set<Author>().SingleOrDefaultAsync(a => a.Slug == slug, context.CancellationToken);
            });
    }
}

public static class AuthorRegistration
{
    /// <summary>Adds authors to the graph.</summary>
    public static IServiceCollection AddAuthors(this IServiceCollection services) =>
        services.AddNodes<AuthorNodes>().AddFields<QueryType, AuthorQueries>();
}
