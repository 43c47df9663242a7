using System.ComponentModel;
using GraphQL.Types;
using NewsGraph.Engine.Conventions.Nodes;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Feeds;

namespace NewsGraph.Gateway.Articles;

/// <summary>Why readers cannot read an article any more.</summary>
internal enum ArticleWithdrawnReason
{
    [Description("It went back to the desk: a draft, or waiting for a review or for its date. It may come again.")]
    Unpublished,

    [Description("It is only for the newsroom now.")]
    Private,

    [Description("It was removed.")]
    Removed,

    [Description("Reading it needs a password now. It is still listed, without text and comments.")]
    Protected,
}

/// <summary>Something that happened to an article.</summary>
/// <param name="Position">The event's place in the feed of articles.</param>
/// <param name="Tags">The slugs of the tags the article has now.</param>
internal abstract record ArticleFeedEvent(string Position, IReadOnlyList<string> Tags);

/// <summary>That readers can read an article they could not read before.</summary>
internal sealed record ArticlePublished(Article Article, string Position, IReadOnlyList<string> Tags) : ArticleFeedEvent(Position, Tags);

/// <summary>That an article changed.</summary>
internal sealed record ArticleUpdated(Article Article, string Position, IReadOnlyList<string> Tags) : ArticleFeedEvent(Position, Tags);

/// <summary>That readers cannot read an article any more.</summary>
internal sealed record ArticleWithdrawn(long ArticleId, ArticleWithdrawnReason Reason, string Position, IReadOnlyList<string> Tags)
    : ArticleFeedEvent(Position, Tags);

/// <summary><c>ArticleWithdrawnReason</c>.</summary>
internal sealed class ArticleWithdrawnReasonType : EnumType<ArticleWithdrawnReason>
{
    public ArticleWithdrawnReasonType() => Description = "Why readers cannot read an article any more.";
}

/// <summary><c>interface ArticleFeedEvent { position: String! }</c>.</summary>
internal sealed class ArticleFeedEventInterface : InterfaceGraphType
{
    public const string PositionText = "The event's place in the feed of articles: `after` it the feed goes on. Opaque; every event has one of its own.";

    public ArticleFeedEventInterface()
    {
        Name = nameof(ArticleFeedEvent);
        Description = "Something that happened to an article.";
        Field<NonNullGraphType<StringGraphType>>("position").Description(PositionText);
    }
}

/// <summary>An event of the feed of articles.</summary>
/// <typeparam name="T">The event; its name is the type's name.</typeparam>
internal abstract class ArticleFeedEventType<T> : ObjectGraphType<T>
    where T : ArticleFeedEvent
{
    protected ArticleFeedEventType(string description)
    {
        Name = typeof(T).Name;
        Description = description;
        Interface<ArticleFeedEventInterface>();
        Field<NonNullGraphType<StringGraphType>>("position").Description(ArticleFeedEventInterface.PositionText).From(c => c.Position);
    }
}

/// <summary><c>ArticlePublished</c>.</summary>
internal sealed class ArticlePublishedType : ArticleFeedEventType<ArticlePublished>
{
    public ArticlePublishedType()
        : base("Readers can read an article they could not read before: a new one, or one that came back.") =>
        Field<NonNullGraphType<ArticleType>>("article").Description("The article.").From(c => c.Article);
}

/// <summary><c>ArticleUpdated</c>.</summary>
internal sealed class ArticleUpdatedType : ArticleFeedEventType<ArticleUpdated>
{
    public ArticleUpdatedType()
        : base("Something readers see of an article changed. Its comments have a feed of their own.") =>
        Field<NonNullGraphType<ArticleType>>("article").Description("The article as it is now.").From(c => c.Article);
}

/// <summary><c>ArticleWithdrawn</c>.</summary>
internal sealed class ArticleWithdrawnType : ArticleFeedEventType<ArticleWithdrawn>
{
    public ArticleWithdrawnType()
        : base("Readers cannot read an article any more.")
    {
        Field<NonNullGraphType<IdGraphType>>("articleId")
            .Description("The article. It need not have been seen before.")
            .From(c => GlobalId.Format(ArticleType.TypeName, c.ArticleId));
        Field<NonNullGraphType<ArticleWithdrawnReasonType>>("reason").Description("Why.").From(c => c.Reason);
    }
}

/// <summary>Makes <c>FeedReset</c> an event of the feed of articles.</summary>
internal sealed class ArticleFeedReset : IFieldsOf<FeedResetType>
{
    public void AddTo(FeedResetType type) => type.Interface<ArticleFeedEventInterface>();
}
