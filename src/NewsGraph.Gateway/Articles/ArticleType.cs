using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Scalars;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary>
/// <c>Article</c>. Of one that needs a password at its source, only what a list shows comes out: no text, no comments.
/// </summary>
internal sealed class ArticleType : ObjectGraphType<Article>
{
    public const string TypeName = "Article";

    public ArticleType(IEnumerable<IFieldsOf<ArticleType>> parts)
    {
        Name = TypeName;
        Description = "A published news article.";
        this.IsNode(a => a.Id);
        AddContent();
        AddFacts();
        AddRelations();
        foreach (var part in parts)
        {
            part.AddTo(this);
        }
    }

    private void AddContent()
    {
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("The article's readable name in addresses; unique.")
            .From(c => c.Slug);
        Field<NonNullGraphType<StringGraphType>>("title")
            .Description("The headline, plain text.")
            .FromText(c => c.StoredTitle);
        Field<StringGraphType>("standfirst")
            .Description("The paragraph under the headline, plain text. Null when there is none, or when reading needs a password.")
            .FromText(c => c.IsProtected ? null : c.StoredStandfirst, c => Whole(c).Then(article => article?.Standfirst));
        Field<NonNullGraphType<StringGraphType>>("body")
            .Description("The text as sanitized HTML, safe to put into a page. Empty when reading needs a password.")
            .FromText(c => c.IsProtected ? "" : c.StoredBody, c => Whole(c).Then(article => article?.Body));
        Field<NonNullGraphType<StringGraphType>>("bodyText")
            .Description("The text without HTML. Empty when reading needs a password.")
            .FromText(c => c.IsProtected ? "" : c.StoredBodyText, c => Whole(c).Then(article => article?.BodyText));
        Field<ArticleImageType>("image")
            .Description("The lead image, if there is one.")
            .From(c => c.Image);
    }

    // Of an article that was read without what is asked of it.
    private static IDataLoaderResult<Article?> Whole(IResolveFieldContext<Article> context) =>
        context.Loader<ArticleByIdLoader, Demand>(SelectedDemand<Article>.All).LoadAsync(context.Source.Id);

    private void AddFacts()
    {
        Field<StringGraphType>("language")
            .Description("The language as a BCP 47 tag (`en`, `en-GB`), when it is known.")
            .From(c => c.Language);
        Field<StringGraphType>("canonicalUrl")
            .Description("The address of the article at its source, when that is known.")
            .FromText(c => c.StoredCanonicalUrl, c => Whole(c).Then(article => article?.CanonicalUrl));
        Field<NonNullGraphType<ArticleStatusType>>("status")
            .Description("Where the article stands. Readers only ever meet `PUBLISHED`.")
            .From(c => c.Status);
        Field<DateTimeScalar>("publishedAt")
            .Description("When it was published.")
            .From(c => c.PublishedAt);
        Field<NonNullGraphType<DateTimeScalar>>("modifiedAt")
            .Description("When it was last changed.")
            .From(c => c.ModifiedAt);
        Field<NonNullGraphType<IntGraphType>>("wordCount")
            .Description("How many words the text has.")
            .From(c => c.WordCount);
        Field<NonNullGraphType<IntGraphType>>("readingMinutes")
            .Description("About how many minutes reading takes.")
            .From(c => c.ReadingMinutes);
    }

    private void AddRelations()
    {
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<AuthorType>>>>("authors")
            .Description("Who wrote it, in the order of the byline.")
            .From((ArticleAuthorsLoader loader, Article source) => loader.LoadAsync(source.Id));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TagType>>>>("tags")
            .Description("What it is about, in the article's own order.")
            .From((ArticleTagsLoader loader, Article source) => loader.LoadAsync(source.Id));
        Field<ArticleType>("nextPost")
            .Description("The article published next after this one; null for the newest.")
            .Argument<IdGraphType>("tag", "Steps only among the articles with this tag.")
            .Resolve(c => c.Loader<AdjacentArticleLoader, AdjacentArticle>(
                new AdjacentArticle(IsNext: true, c.GetOptionalNodeId("tag", TagType.TypeName), SelectedDemand<Article>.Of(c))).LoadAsync(c.Source.Id));
        Field<ArticleType>("previousPost")
            .Description("The article published last before this one; null for the oldest.")
            .Argument<IdGraphType>("tag", "Steps only among the articles with this tag.")
            .Resolve(c => c.Loader<AdjacentArticleLoader, AdjacentArticle>(
                new AdjacentArticle(IsNext: false, c.GetOptionalNodeId("tag", TagType.TypeName), SelectedDemand<Article>.Of(c))).LoadAsync(c.Source.Id));
    }
}

/// <summary><c>Image</c>.</summary>
internal sealed class ArticleImageType : ObjectGraphType<ArticleImage>
{
    public ArticleImageType()
    {
        Name = "Image";
        Description = "A picture.";
        Field<NonNullGraphType<StringGraphType>>("url").Description("Where the picture is.").From(c => c.Url);
        Field<StringGraphType>("alt").Description("The picture in words, for those who do not see it.").From(c => c.Alt);
        Field<IntGraphType>("width").Description("Pixels across, when known.").From(c => c.Width);
        Field<IntGraphType>("height").Description("Pixels down, when known.").From(c => c.Height);
    }
}

/// <summary><c>ArticleStatus</c>.</summary>
internal sealed class ArticleStatusType : EnumType<ArticleStatus>
{
    public ArticleStatusType()
    {
        Name = "ArticleStatus";
        Description = "Where an article stands on its way to readers.";
    }
}
