using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsGraph.Gateway.Storage;

/// <summary>Which database this is: made once, when it is created. Positions in feeds carry it as their epoch.</summary>
public sealed class DatabaseIdentity
{
    public int Id { get; init; } = 1;

    public Guid Epoch { get; init; }
}

internal sealed class DatabaseIdentityMapping : IEntityTypeConfiguration<DatabaseIdentity>
{
    public void Configure(EntityTypeBuilder<DatabaseIdentity> builder)
    {
        builder.ToTable("database_identity");
        builder.Property(i => i.Id).ValueGeneratedNever();
    }
}
