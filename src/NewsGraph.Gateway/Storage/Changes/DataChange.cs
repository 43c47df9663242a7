using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>
/// That something was changed, for the other nodes' kept results: written in the transaction that changes it, kept for
/// minutes.
/// </summary>
public sealed class DataChange
{
    /// <summary>Ascends. On SQLite in the order of commits; on PostgreSQL a row with a lower number may come to light later.</summary>
    public long Id { get; init; }

    /// <summary>PostgreSQL: the transaction, by which a reader knows what it can have missed. SQLite: 0.</summary>
    public long Transaction { get; init; }

    /// <summary>When, UTC, by the clock of the node that wrote it.</summary>
    public DateTime At { get; init; }

    /// <summary>What was changed; see <see cref="ChangeSet"/>.</summary>
    public required byte[] Tags { get; init; }
}

internal sealed class DataChangeMapping : IEntityTypeConfiguration<DataChange>
{
    public void Configure(EntityTypeBuilder<DataChange> builder) => builder.ToTable("data_changes");
}
