using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsGraph.Gateway.Articles;

namespace NewsGraph.Gateway.Comments;

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("comments");
        builder.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Comment>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(c => c.ClientKey).HasMaxLength(100);
        builder.HasIndex(c => c.ImportKey).IsUnique();
        builder.HasIndex(c => new { c.ArticleId, c.ClientKey }).IsUnique();
        builder.HasIndex(c => new { c.ArticleId, c.TextHash });

        // Threads, flat lists and replies each in time order.
        builder.HasIndex(c => new { c.ArticleId, c.Status, c.ParentId, c.CreatedAt, c.Id });
        builder.HasIndex(c => new { c.ArticleId, c.Status, c.CreatedAt, c.Id });
        builder.HasIndex(c => new { c.ParentId, c.Status, c.CreatedAt, c.Id });
    }
}
