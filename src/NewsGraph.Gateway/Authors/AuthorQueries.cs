using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Authors;

/// <summary>Root fields that find authors.</summary>
internal sealed class AuthorQueries(NewsReader reader) : IFieldsOf<QueryType>
{
    private static readonly Query<string, Author> BySlug = Query.Of((NewsContext db, string slug) => db.Set<Author>().Where(a => a.Slug == slug));

    public void AddTo(QueryType type)
    {
        type.Paged("authors", "Authors, by name unless sorted otherwise.")
            .Of<Author, AuthorsConnectionType>(a => a.Id)
            .Where<AuthorFilterInput>()
            .Order<AuthorSortInput>()
            .DefaultOrder(SortKey.Ascending((Author a) => a.Name))
            .Resolve(_ => reader.Rows(this, Demand.None, db => db.Set<Author>()));
        type.Field<AuthorType>("authorBySlug")
            .Description("The author with a slug; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("slug", "The author's readable name in addresses.")
            .ResolveAsync(async context =>
                (await reader.ReadAsync(BySlug, context.GetArgument<string>("slug"), cancellationToken: context.CancellationToken)).SingleOrDefault());
    }
}

public static class AuthorRegistration
{
    /// <summary>Adds authors to the graph.</summary>
    public static IServiceCollection AddAuthors(this IServiceCollection services) =>
        services.AddNodes<AuthorNodes>().AddFields<QueryType, AuthorQueries>();
}
