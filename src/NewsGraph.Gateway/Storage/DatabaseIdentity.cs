using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsGraph.Gateway.Storage;

/// <summary>Which database this is: made once, when it is created. Positions in feeds carry it as their epoch.</summary>
public sealed class DatabaseIdentity
{
    internal const string Table = "database_identity";

    /// <summary>Reads the epoch; the identity has no other column worth reading.</summary>
    internal const string Statement = $"SELECT \"{nameof(Epoch)}\" FROM \"{Table}\"";

    public int Id { get; init; } = 1;

    public Guid Epoch { get; init; }
}

internal sealed class DatabaseIdentityMapping : IEntityTypeConfiguration<DatabaseIdentity>
{
    public void Configure(EntityTypeBuilder<DatabaseIdentity> builder)
    {
        builder.ToTable(DatabaseIdentity.Table);
        builder.Property(i => i.Id).ValueGeneratedNever();
    }
}
