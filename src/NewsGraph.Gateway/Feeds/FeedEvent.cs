using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Feeds;

/// <summary>What happened. The numbers are stored; never give one a new meaning.</summary>
public enum FeedEventKind
{
    /// <summary>A comment came, or came back. Subject: the comment.</summary>
    CommentAdded = 1,

    /// <summary>What readers see of a comment changed. Subject: the comment.</summary>
    CommentEdited = 2,

    /// <summary>A comment is hidden. Subject: the comment.</summary>
    CommentRemoved = 3,

    /// <summary>A reader likes a comment. Subject: the comment; the count is its likes.</summary>
    CommentLiked = 4,

    /// <summary>Readers cannot comment (any more). Subject: the article.</summary>
    CommentsClosed = 5,

    /// <summary>Readers can comment (again). Subject: the article.</summary>
    CommentsOpened = 6,

    /// <summary>Readers can read an article they could not read before. Subject: the article.</summary>
    ArticlePublished = 10,

    /// <summary>What readers see of an article changed. Subject: the article.</summary>
    ArticleUpdated = 11,

    /// <summary>Readers cannot read an article any more. Subject: the article.</summary>
    ArticleWithdrawn = 12,
}

/// <summary>One entry of a feed: that something happened to a subject. Its content is read again at delivery.</summary>
public sealed class FeedEvent
{
    /// <summary>The feed's name, for instance <c>article:42</c>.</summary>
    public required string Feed { get; init; }

    /// <summary>The place in the feed: 1, 2, 3 … without a gap, in commit order.</summary>
    public long Number { get; init; }

    public FeedEventKind Kind { get; init; }

    /// <summary>The id of what the event is about.</summary>
    public long SubjectId { get; init; }

    /// <summary>When it was committed, UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>
    /// A count that belongs to the event. In an article's feed: its comments after it, as readers see them, but for
    /// <see cref="FeedEventKind.CommentLiked"/> the comment's likes.
    /// </summary>
    public long Count { get; init; }
}

/// <summary>What an act tells a feed: all of a <see cref="FeedEvent"/> that the log does not add.</summary>
public readonly record struct FeedNews(FeedEventKind Kind, long SubjectId, long Count);

/// <summary>A feed's last number, updated in the transaction that writes the event, so numbers follow commit order.</summary>
public sealed class Feed
{
    public required string Name { get; init; }

    [ChangesOften]
    public long LastNumber { get; init; }
}

internal sealed class FeedMapping : IEntityTypeConfiguration<Feed>, IEntityTypeConfiguration<FeedEvent>
{
    public void Configure(EntityTypeBuilder<Feed> builder)
    {
        builder.ToTable("feeds").HasKey(f => f.Name);
        builder.Property(f => f.Name).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<FeedEvent> builder)
    {
        builder.ToTable("feed_events").HasKey(e => new { e.Feed, e.Number });
        builder.HasOne<Feed>().WithMany().HasForeignKey(e => e.Feed);
    }
}
