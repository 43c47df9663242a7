using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsGraph.Gateway.Feeds;

/// <summary>What happened. The numbers are stored; never give one a new meaning.</summary>
public enum FeedEventKind
{
    CommentAdded = 1,
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

    /// <summary>A count that belongs to the event (for a comment: the article's comments after it).</summary>
    public long Count { get; init; }
}

/// <summary>A feed's last number, updated in the transaction that writes the event, so numbers follow commit order.</summary>
public sealed class Feed
{
    public required string Name { get; init; }

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
