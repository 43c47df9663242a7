using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsGraph.Gateway.Authors;

/// <summary>A journalist.</summary>
public sealed class Author
{
    public long Id { get; set; }

    /// <summary>The login at the source, by which an import finds the author again; unique.</summary>
    public string? ImportKey { get; set; }

    public required string Name { get; set; }

    /// <summary>Unique, at most 200 characters.</summary>
    public required string Slug { get; set; }

    public string? Bio { get; set; }
}

internal sealed class AuthorMapping : IEntityTypeConfiguration<Author>
{
    public void Configure(EntityTypeBuilder<Author> builder)
    {
        builder.ToTable("authors");
        builder.Property(a => a.Slug).HasMaxLength(200);
        builder.HasIndex(a => a.Slug).IsUnique();
        builder.HasIndex(a => a.ImportKey).IsUnique();
        builder.HasIndex(a => new { a.Name, a.Id });
    }
}
