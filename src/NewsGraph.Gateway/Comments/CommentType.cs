using System.Linq.Expressions;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Scalars;
using NewsGraph.Engine.Conventions.Sorting;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Engine.Execution.Loading;
using NewsGraph.Gateway.Articles;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Comments;

/// <summary><c>Comment</c>. The author's email and address are nowhere in it.</summary>
internal sealed class CommentType : ObjectGraphType<Comment>
{
    public const string TypeName = "Comment";

    // Made once: an expression is made anew wherever it is written.
    private static readonly Expression<Func<Comment, long?>> Parent = c => c.ParentId;

    public CommentType(NewsReader reader)
    {
        Name = TypeName;
        Description = "A reader's comment on an article.";
        this.IsNode(c => c.Id);
        AddPlace();
        AddContent();
        AddReplies(reader);
    }

    private void AddPlace()
    {
        Field<NonNullGraphType<ArticleType>>("article")
            .Description("The article it is about.")
            .Resolve(c => c.Loader<ArticleByIdLoader, Demand>(SelectedDemand<Article>.Of(c)).LoadAsync(c.Source.ArticleId));
        Field<CommentType>("parent")
            .Description("The comment it answers; null at the top level, or when readers cannot see that comment any more.")
            .Resolve(c => c.Source.ParentId is { } parent ? c.Loader<CommentByIdLoader, Demand>(SelectedDemand<Comment>.Of(c)).LoadAsync(parent) : null);
        Field<NonNullGraphType<IntGraphType>>("depth")
            .Description("1 at the top level, one more for each answer.")
            .From(c => c.Depth);
    }

    private void AddContent()
    {
        Field<NonNullGraphType<StringGraphType>>("authorName").Description("The name its author gave.").From(c => c.AuthorName);
        Field<StringGraphType>("authorUrl").Description("The author's web site, when one was given.").FromText(c => c.StoredAuthorUrl, c => Whole(c).Then(comment => comment?.AuthorUrl));
        Field<NonNullGraphType<StringGraphType>>("body").Description("The text as sanitized HTML, safe to put into a page.").FromText(c => c.StoredBody, c => Whole(c).Then(comment => comment?.Body));
        Field<NonNullGraphType<StringGraphType>>("bodyText").Description("The text without HTML.").FromText(c => c.StoredBodyText, c => Whole(c).Then(comment => comment?.BodyText));
        Field<NonNullGraphType<DateTimeScalar>>("createdAt").Description("When it was posted.").From(c => c.CreatedAt);
        Field<DateTimeScalar>("editedAt").Description("When it was last changed; null when never.").From(c => c.EditedAt);
        Field<NonNullGraphType<IntGraphType>>("likeCount").Description("How many readers like it.").From(c => c.LikeCount);
    }

    // Of a comment that was read without what is asked of it.
    private static IDataLoaderResult<Comment?> Whole(IResolveFieldContext<Comment> context) =>
        context.Loader<CommentByIdLoader, Demand>(SelectedDemand<Comment>.All).LoadAsync(context.Source.Id);

    private void AddReplies(NewsReader reader)
    {
        Field<NonNullGraphType<IntGraphType>>("replyCount")
            .Description("How many direct replies readers can see.")
            .From(c => c.ReplyCount);
        this.Paged("replies", "The direct replies, the oldest first.")
            .Of<Comment, CommentRepliesConnectionType>(c => c.Id)
            .DefaultOrder(SortKey.Ascending((Comment c) => c.CreatedAt))
            .ResolveChildren(
                c => c.Id,
                context => reader.ChildRows(this, SelectedDemand<Comment>.Of(context), db => db.ApprovedComments()
                    .Where(c => c.ParentId != null)
                    .Select(c => new ChildRow<Comment> { ParentId = c.ParentId!.Value, Node = c }), column: Parent),
                _ => c => c.ReplyCount);
    }
}

/// <summary><c>CommentRepliesConnection</c>.</summary>
internal sealed class CommentRepliesConnectionType()
    : ConnectionType<CommentType>("CommentReplies", "A page of the replies to a comment.");
