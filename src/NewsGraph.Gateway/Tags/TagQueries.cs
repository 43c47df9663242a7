using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage;

namespace NewsGraph.Gateway.Tags;

/// <summary>Root fields that find tags.</summary>
internal sealed class TagQueries(IDbContextFactory<NewsContext> databases) : IFieldsOf<QueryType>
{
    public void AddTo(QueryType type)
    {
        type.Paged("tags", "Tags, by name unless sorted otherwise.")
            .Of<Tag, TagsConnectionType>(t => t.Id)
            .Where<TagFilterInput>()
            .Order<TagSortInput>()
            .DefaultOrder(SortKey.Ascending((Tag t) => t.Name))
            .Resolve(_ => QueryScope.Of(databases.CreateDbContext(), db => db.Set<Tag>()));
        type.Field<TagType>("tagBySlug")
            .Description("The tag with a slug; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("slug", "The tag's readable name in addresses.")
            .ResolveAsync(async context =>
            {
                var slug = context.GetArgument<string>("slug");
                await using var db = databases.CreateDbContext();
                return await db.Set<Tag>().SingleOrDefaultAsync(t => t.Slug == slug, context.CancellationToken);
            });
    }
}

public static class TagRegistration
{
    /// <summary>Adds tags to the graph.</summary>
    public static IServiceCollection AddTags(this IServiceCollection services) =>
        services.AddNodes<TagNodes>().AddFields<QueryType, TagQueries>();
}
