using System.ComponentModel;
using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Comments;

/// <summary>How an article's comments are listed.</summary>
internal enum CommentThreading
{
    [Description("The comments that begin a thread; what answers them is in their `replies`.")]
    Threaded,

    [Description("All comments, answers too, in one list.")]
    Flat,
}

/// <summary><c>CommentThreading</c>.</summary>
internal sealed class CommentThreadingType : EnumType<CommentThreading>
{
    public CommentThreadingType()
    {
        Name = "CommentThreading";
        Description = "How an article's comments are listed.";
    }
}

/// <summary><c>ArticleCommentsConnection</c>.</summary>
internal sealed class ArticleCommentsConnectionType : ConnectionType<CommentType>
{
    public const string Position = "position";

    public ArticleCommentsConnectionType()
        : base("ArticleComments", "A page of an article's comments.") =>
        Field<NonNullGraphType<StringGraphType>>(Position)
            .Description(
                "Where the article's feed stood before this page was read: pass it as `after` to `onCommentFeed`, `onCommentAdded` or "
                + "`commentFeed`, and nothing is missed between the page and the feed. An event may tell what the page shows already.")
            .Resolve(c => c.Loader<CommentFeedPositionLoader>().LoadAsync(((Article)c.Source.Parent!).Id));
}

/// <summary><c>CommentSortInput</c>.</summary>
internal sealed class CommentSortInput : SortInputType<Comment>
{
    public CommentSortInput()
        : base(nameof(CommentSortInput), "What to sort comments by.") =>
        Sort("createdAt", c => c.CreatedAt, "When it was posted.");
}

/// <summary>What articles have to say of their comments.</summary>
internal sealed class ArticleComments(NewsReader reader) : IFieldsOf<ArticleType>
{
    private const string Threading = "threading";

    // No article has this key, so it stands for one whose comments are not served.
    private const long Nobody = 0;

    // Made once: an expression is made anew wherever it is written.
    private static readonly Expression<Func<Comment, long?>> OfArticle = c => c.ArticleId;

    public void AddTo(ArticleType type)
    {
        type.Field<NonNullGraphType<IntGraphType>>("commentCount")
            .Description("How many comments readers can see, answers included.")
            .From(c => c.IsProtected ? 0 : c.CommentCount);
        type.Field<NonNullGraphType<BooleanGraphType>>("commentsOpen")
            .Description("Whether readers may comment.")
            .From(c => c is { CommentsOpen: true, IsProtected: false });
        type.Paged("comments", "The readers' comments, the oldest first unless sorted otherwise.")
            .Of<Comment, ArticleCommentsConnectionType>(c => c.Id)
            .Order<CommentSortInput>()
            .Argument<NonNullGraphType<CommentThreadingType>>(Threading, "Whether answers stand below what they answer.", CommentThreading.Threaded)
            .DefaultOrder(SortKey.Ascending((Comment c) => c.CreatedAt))
            .ReadFirst(context => AsksForPosition(context) ? context.Loader<CommentFeedPositionLoader>().ReadAsync : null)
            .ResolveChildren(
                article => article.IsProtected ? Nobody : article.Id,
                context => Rows(IsFlat(context), SelectedDemand<Comment>.Of(context)),
                context => IsFlat(context)
                    ? article => article.IsProtected ? null : article.CommentCount
                    : article => article.IsProtected ? null : article.KnownThreadCount);
    }

    private RowSource<ChildRow<Comment>> Rows(bool flat, Demand demand) =>
        reader.ChildRows(
            (this, flat),
            demand,
            db => Comments(db, flat).Select(c => new ChildRow<Comment> { ParentId = c.ArticleId, Node = c }),
            column: OfArticle);

    private static bool AsksForPosition(IResolveFieldContext context) =>
        context.SubFields?.Values.Any(field => field.FieldType.Name == ArticleCommentsConnectionType.Position) == true;

    private static bool IsFlat(IResolveFieldContext context) =>
        context.GetArgument<CommentThreading>(Threading) == CommentThreading.Flat;

    private static IQueryable<Comment> Comments(NewsContext db, bool flat) => flat ? db.ApprovedComments() : db.ThreadStarts();
}
