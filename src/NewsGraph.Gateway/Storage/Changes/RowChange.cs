using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>A row that a context saves.</summary>
internal sealed class RowChange
{
    private readonly EntityEntry _row;
    private readonly List<DataTag> _before = [];
    private readonly bool _isOftenOnly;

    private RowChange(EntityEntry row, TrackedTable table, EntityState state, IReadOnlyCollection<string> changed)
    {
        (_row, Table, IsDeleted) = (row, table, state == EntityState.Deleted);
        _isOftenOnly = state == EntityState.Modified && changed.Count > 0 && changed.All(table.Often.ContainsKey) && table.Key is not null;
        if (_isOftenOnly)
        {
            _before.AddRange(changed.Select(column => table.Often[column]));
        }
        else
        {
            _before.Add(table.Rows);
            if (state != EntityState.Added)
            {
                AddTo(_before, p => row.Property(p).OriginalValue);
            }
        }
    }

    private RowChange(EntityEntry row, TrackedTable table) => (_row, Table, IsUnclear) = (row, table, true);

    public TrackedTable Table { get; }

    public bool IsDeleted { get; }

    /// <summary>Whether it is not known which row of the table it is.</summary>
    public bool IsUnclear { get; }

    /// <summary>Whether all there is to tell of it is known before it is saved.</summary>
    public bool IsComplete => _row.State != EntityState.Added || Table.Columns.All(c => !_row.Property(c.Name).IsTemporary);

    public static RowChange Of(EntityEntry entry, TrackedTable table)
    {
        if (entry.Metadata == table.Entity)
        {
            var changed = entry.State == EntityState.Modified
                ? entry.Properties.Where(p => p.IsModified).Select(p => p.Metadata.GetColumnName()).ToList()
                : [];
            return new RowChange(entry, table, entry.State, changed);
        }

        // A part of a row with a type of its own: the row is its owner's.
        var owner = entry.Context.ChangeTracker.Entries().FirstOrDefault(e => e.Metadata == table.Entity && Owns(e, entry));
        return owner is null ? new RowChange(entry, table) : new RowChange(owner, table, Whole(owner.State), []);
    }

    /// <summary>What to tell, once the row is saved and has its key.</summary>
    public IEnumerable<DataTag> Tags()
    {
        List<DataTag> tags = [.. _before];
        if (_isOftenOnly)
        {
            if (TrackedTable.At(Table.Source, Table.Key!.Name, _row.Property(Table.Key.Name).CurrentValue) is { } key)
            {
                tags.Add(key);
            }
        }
        else if (!IsDeleted)
        {
            AddTo(tags, p => _row.Property(p).CurrentValue);
        }

        return tags;
    }

    private static EntityState Whole(EntityState owner) => owner == EntityState.Unchanged ? EntityState.Modified : owner;

    private static bool Owns(EntityEntry owner, EntityEntry part)
    {
        var ownership = part.Metadata.FindOwnership();
        return ownership is not null
            && ownership.Properties.Zip(ownership.PrincipalKey.Properties)
                .All(pair => Equals(part.Property(pair.First.Name).CurrentValue, owner.Property(pair.Second.Name).CurrentValue));
    }

    private void AddTo(List<DataTag> tags, Func<string, object?> valueOf)
    {
        foreach (var column in Table.Columns)
        {
            if (TrackedTable.At(Table.Source, column.Name, valueOf(column.Name)) is { } tag)
            {
                tags.Add(tag);
            }
        }
    }
}
