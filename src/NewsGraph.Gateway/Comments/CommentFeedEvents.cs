using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Comments;

/// <summary>That a comment was added.</summary>
/// <param name="Comment">The comment as it is now.</param>
/// <param name="Position">The event's place in the article's feed.</param>
/// <param name="CommentCount">The article's comments after it.</param>
internal sealed record CommentAdded(Comment Comment, string Position, long CommentCount);

/// <summary>That a comment was taken away.</summary>
/// <param name="CommentId">The comment.</param>
/// <param name="Position">The event's place in the article's feed.</param>
/// <param name="CommentCount">The article's comments after it.</param>
internal sealed record CommentRemoved(long CommentId, string Position, long CommentCount);

/// <summary><c>interface CommentFeedEvent { position: String! }</c>. To add a kind of event, derive its type from <see cref="CommentFeedEventType{T}"/>.</summary>
internal sealed class CommentFeedEventInterface : InterfaceGraphType
{
    public CommentFeedEventInterface()
    {
        Name = "CommentFeedEvent";
        Description = "Something that happened to an article's comments.";
        Field<NonNullGraphType<StringGraphType>>("position").Description(CommentFeedText.Position);
    }
}

/// <summary>An event of an article's feed.</summary>
/// <typeparam name="T">The event; its name is the type's name.</typeparam>
internal abstract class CommentFeedEventType<T> : ObjectGraphType<T>
{
    protected CommentFeedEventType(string description, Func<T, string> position)
    {
        Name = typeof(T).Name;
        Description = description;
        Interface<CommentFeedEventInterface>();
        Field<NonNullGraphType<StringGraphType>>("position").Description(CommentFeedText.Position).From(c => position(c));
    }
}

/// <summary><c>CommentAdded</c>.</summary>
internal sealed class CommentAddedType : CommentFeedEventType<CommentAdded>
{
    public CommentAddedType()
        : base("A comment was added to an article.", e => e.Position)
    {
        Field<NonNullGraphType<CommentType>>("comment").Description("The comment.").From(c => c.Comment);
        Field<NonNullGraphType<IntGraphType>>("commentCount")
            .Description("How many comments of the article readers could see once this one was there.")
            .From(c => c.CommentCount);
    }
}

/// <summary><c>CommentRemoved</c>.</summary>
internal sealed class CommentRemovedType : CommentFeedEventType<CommentRemoved>
{
    public CommentRemovedType()
        : base("A comment is gone: it was taken away, or hidden before its addition could be told.", e => e.Position)
    {
        Field<NonNullGraphType<IdGraphType>>("commentId")
            .Description("The comment. It need not have been seen before.")
            .From(c => GlobalId.Format(CommentType.TypeName, c.CommentId));
        Field<NonNullGraphType<IntGraphType>>("commentCount")
            .Description("How many comments of the article readers could see without it.")
            .From(c => c.CommentCount);
    }
}

/// <summary>Makes <c>FeedReset</c> an event of articles' feeds.</summary>
internal sealed class CommentFeedReset : IFieldsOf<FeedResetType>
{
    public void AddTo(FeedResetType type) => type.Interface<CommentFeedEventInterface>();
}

internal static class CommentFeedText
{
    public const string Position = "The event's place in the article's feed: `after` it the feed goes on. Opaque; every event has one of its own.";
}
