using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// What was last found to be related to an article. It holds as long as the article's tags are at its
/// <see cref="Basis"/>, which every reader compares; so it is never out of date, and losing one costs no more than
/// finding it again.
/// </summary>
internal sealed class RelatedList
{
    /// <summary>How many posts are kept of each article; whoever asks for more has them found.</summary>
    public const int Kept = 20;

    public long ArticleId { get; set; }

    /// <summary>The article's tags and their revisions at the time; see <see cref="RelatedBasis"/>.</summary>
    public long Basis { get; set; }

    /// <summary>The best posts, best first, as <see cref="RelatedListBytes"/> writes them.</summary>
    public required byte[] Posts { get; set; }
}

internal sealed class RelatedListMapping : IEntityTypeConfiguration<RelatedList>
{
    public void Configure(EntityTypeBuilder<RelatedList> builder)
    {
        // No foreign key: a list whose article is gone is never asked for, and storing one must lock nothing else.
        builder.ToTable("related_lists").HasKey(l => l.ArticleId);
        builder.Property(l => l.ArticleId).ValueGeneratedNever();
    }
}
