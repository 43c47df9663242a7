using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Tags;

/// <summary>Root fields that find tags.</summary>
internal sealed class TagQueries(NewsReader reader) : IFieldsOf<QueryType>
{
    private static readonly Query<string, Tag> BySlug = Query.Of((NewsContext db, string slug) => db.Set<Tag>().Where(t => t.Slug == slug));

    public void AddTo(QueryType type)
    {
        type.Paged("tags", "Tags, by name unless sorted otherwise.")
            .Of<Tag, TagsConnectionType>(t => t.Id)
            .Where<TagFilterInput>()
            .Order<TagSortInput>()
            .DefaultOrder(SortKey.Ascending((Tag t) => t.Name))
            .Resolve(_ => reader.Rows(this, Demand.None, db => db.Set<Tag>()));
        type.Field<TagType>("tagBySlug")
            .Description("The tag with a slug; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("slug", "The tag's readable name in addresses.")
            .ResolveAsync(async context =>
                (await reader.ReadAsync(BySlug, context.GetArgument<string>("slug"), cancellationToken: context.CancellationToken)).SingleOrDefault());
    }
}

public static class TagRegistration
{
    /// <summary>Adds tags to the graph.</summary>
    public static IServiceCollection AddTags(this IServiceCollection services) =>
        services.AddNodes<TagNodes>().AddFields<QueryType, TagQueries>();
}
