using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Gateway.Comments;

/// <summary>That a comment reads differently.</summary>
/// <param name="Comment">The comment as it is now.</param>
/// <param name="Position">The event's place in the article's feed.</param>
internal sealed record CommentEdited(Comment Comment, string Position);

/// <summary>That one more reader likes a comment.</summary>
/// <param name="CommentId">The comment.</param>
/// <param name="LikeCount">Its likes now.</param>
/// <param name="Position">The event's place in the article's feed.</param>
internal sealed record CommentLiked(long CommentId, int LikeCount, string Position);

/// <summary>That readers cannot comment.</summary>
/// <param name="Position">The event's place in the article's feed.</param>
internal sealed record CommentsClosed(string Position);

/// <summary>That readers can comment.</summary>
/// <param name="Position">The event's place in the article's feed.</param>
internal sealed record CommentsOpened(string Position);

/// <summary><c>CommentEdited</c>.</summary>
internal sealed class CommentEditedType : CommentFeedEventType<CommentEdited>
{
    public CommentEditedType()
        : base("A comment reads differently: its text, its author's name or its place in the thread.", e => e.Position) =>
        Field<NonNullGraphType<CommentType>>("comment").Description("The comment as it is now.").From(c => c.Comment);
}

/// <summary><c>CommentLiked</c>.</summary>
internal sealed class CommentLikedType : CommentFeedEventType<CommentLiked>
{
    public CommentLikedType()
        : base("One more reader likes a comment.", e => e.Position)
    {
        Field<NonNullGraphType<IdGraphType>>("commentId")
            .Description("The comment.")
            .From(c => GlobalId.Format(CommentType.TypeName, c.CommentId));
        Field<NonNullGraphType<IntGraphType>>("likeCount").Description("How many readers like it now.").From(c => c.LikeCount);
    }
}

/// <summary><c>CommentsClosed</c>.</summary>
internal sealed class CommentsClosedType()
    : CommentFeedEventType<CommentsClosed>("Readers cannot comment: commenting was closed, or the article was taken from readers.", e => e.Position);

/// <summary><c>CommentsOpened</c>.</summary>
internal sealed class CommentsOpenedType()
    : CommentFeedEventType<CommentsOpened>("Readers can comment: commenting was opened, or the article came back.", e => e.Position);
