using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Engine.Limits;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Related;

/// <summary><c>RelatedPost</c>.</summary>
internal sealed class RelatedPostType : ObjectGraphType<RelatedPost>
{
    public RelatedPostType()
    {
        Name = "RelatedPost";
        Description = "An article chosen for another one, and why.";
        Field<NonNullGraphType<ArticleType>>("article")
            .Description("The chosen article.")
            .Resolve(c => c.Loader<ArticleByIdLoader, Demand>(SelectedDemand<Article>.Of(c)).LoadAsync(c.Source.ArticleId));
        Field<NonNullGraphType<FloatGraphType>>("score")
            .Description("How close it is; larger is closer. Comparable within one list only.")
            .From(c => c.Score);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RelatedReasonType>>>>("reasons")
            .Description("Why it was chosen, the weightiest reason first.")
            .From(c => c.Reasons);
    }
}

/// <summary><c>RelatedReason</c>.</summary>
internal sealed class RelatedReasonType : ObjectGraphType<RelatedReason>
{
    public RelatedReasonType()
    {
        Name = "RelatedReason";
        Description = "One reason for which an article was chosen.";
        Field<NonNullGraphType<RelatedReasonKindType>>("kind").Description("The sort of reason.").From(c => c.Kind);
        Field<NonNullGraphType<StringGraphType>>("label")
            .Description("The reason in words for readers; for a shared tag, the tag's name.")
            .From(c => c.Label);
    }
}

/// <summary><c>RelatedReasonKind</c>.</summary>
internal sealed class RelatedReasonKindType : EnumType<RelatedReasonKind>
{
    public RelatedReasonKindType()
    {
        Name = "RelatedReasonKind";
        Description = "Sorts of reason for which an article is chosen.";
    }
}

/// <summary><c>Article.relatedPosts</c>.</summary>
internal sealed class ArticleRelatedPosts : IFieldsOf<ArticleType>
{
    private const int DefaultCount = 5;
    private const int MaxCount = 50;

    public void AddTo(ArticleType type) =>
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<RelatedPostType>>>>("relatedPosts")
            .Description("What to read next, the closest first: articles that share tags with this one, rare tags counting most. Short when there are few.")
            .Argument<IntGraphType>("first", $"How many, at most {MaxCount}.", argument => argument.DefaultValue = DefaultCount)
            .Resolve(context => context.Loader<RelatedPostsLoader, RelatedPostsCount>(new(Count(context))).LoadAsync(context.Source.Id))
            .FieldType.WithMetadata(CostMetadata.ListSize, new ListSize(MaxCount, ["first"], DefaultCount, RequireOneSlicingArgument: false));

    private static int Count(IResolveFieldContext context)
    {
        var count = context.GetArgument<int?>("first") ?? DefaultCount;
        return count switch
        {
            < 0 => throw new ExecutionError("The requested number of related posts must be at least 0.") { Code = ErrorCodes.PageSizeNegative },
            > MaxCount => throw new ExecutionError($"At most {MaxCount} related posts can be asked for.") { Code = ErrorCodes.PageSizeExceeded },
            _ => count,
        };
    }
}

/// <summary>How many related posts an article is asked for.</summary>
internal sealed record RelatedPostsCount(int Value);

/// <summary>The related posts of many articles.</summary>
internal sealed class RelatedPostsLoader(RelatedPostsCount count, FindRelatedPosts find) : BatchLoader<long, List<RelatedPost>>
{
    protected override async Task<IReadOnlyDictionary<long, List<RelatedPost>>> LoadBatchAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        await find.RunAsync(keys, count.Value, cancellationToken);

    protected override List<RelatedPost> Missing(long key) => [];
}

public static class RelatedRegistration
{
    /// <summary>Adds related posts to articles.</summary>
    public static IServiceCollection AddRelated(this IServiceCollection services) =>
        services.AddSingleton<NewestOfTags>().AddSingleton<StoredRelatedPosts>().AddSingleton<FindRelatedPosts>()
            .AddSingleton<PrepareRelatedPosts>().AddFields<ArticleType, ArticleRelatedPosts>();
}
