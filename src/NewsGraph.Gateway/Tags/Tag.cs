using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Tags;

/// <summary>A topic. WordPress's categories and tags are both tags here; the same slug is the same tag.</summary>
[SharedRows]
public sealed class Tag
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>Unique, at most 200 characters.</summary>
    public required string Slug { get; set; }

    public string? Description { get; set; }

    /// <summary>Published articles with this tag; kept in the transaction that changes one.</summary>
    [ChangesOften]
    public int ArticleCount { get; set; }

    /// <summary>
    /// One more whenever a published article with this tag comes, goes or gets another date, and when the tag gets another
    /// name; kept in that transaction. What is remembered of a tag's articles holds as long as this stays the same.
    /// </summary>
    [NotServed]
    [ChangesOften]
    public long Revision { get; set; }
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.ToTable("tags");
        builder.Property(t => t.Slug).HasMaxLength(200);
        builder.HasIndex(t => t.Slug).IsUnique();
        builder.HasIndex(t => new { t.Name, t.Id });
        builder.HasIndex(t => new { t.ArticleCount, t.Id });
    }
}
