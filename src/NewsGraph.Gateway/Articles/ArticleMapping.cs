using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

internal sealed class ArticleMapping : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.ToTable("articles");
        builder.Property(a => a.Slug).HasMaxLength(200);
        builder.HasIndex(a => a.Slug).IsUnique();
        builder.HasIndex(a => a.ImportKey).IsUnique();
        builder.HasIndex(a => a.CanonicalUrl);

        // One index per sort order, behind the status every public query asks for; the id makes each order total.
        builder.HasIndex(a => new { a.Status, a.PublishedAt, a.Id });
        builder.HasIndex(a => new { a.Status, a.ModifiedAt, a.Id });
        builder.HasIndex(a => new { a.Status, a.Title, a.Id });
        builder.HasIndex(a => new { a.Status, a.CommentCount, a.Id });

        builder.OwnsOne(a => a.Image, image =>
        {
            image.Property(i => i.Url).HasColumnName("ImageUrl");
            image.Property(i => i.Alt).HasColumnName("ImageAlt");
            image.Property(i => i.Width).HasColumnName("ImageWidth");
            image.Property(i => i.Height).HasColumnName("ImageHeight");
        });

        builder.HasMany(a => a.Tags).WithMany().UsingEntity<ArticleTag>(
            join => join.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId),
            join => join.HasOne<Article>().WithMany().HasForeignKey(t => t.ArticleId),
            join =>
            {
                join.ToTable("article_tags").HasKey(t => new { t.ArticleId, t.TagId });
                join.HasIndex(t => new { t.TagId, t.ListedAt, t.ArticleId });

                // All that is read of an article's tags: without it each of them is looked up in the table too.
                join.HasIndex(t => new { t.ArticleId, t.Position, t.TagId });
            });

        builder.HasMany(a => a.Authors).WithMany().UsingEntity<ArticleAuthor>(
            join => join.HasOne<Author>().WithMany().HasForeignKey(t => t.AuthorId),
            join => join.HasOne<Article>().WithMany().HasForeignKey(t => t.ArticleId),
            join =>
            {
                join.ToTable("article_authors").HasKey(t => new { t.ArticleId, t.AuthorId });
                join.HasIndex(t => new { t.AuthorId, t.ListedAt, t.ArticleId });
            });
    }
}
