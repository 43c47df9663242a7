using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>
/// What one act changes. It is gathered where changes go through: from what the context saves, and from the text of all
/// other statements. An act that knows better than a text says so with <c>Touching</c>; one that forgets it
/// takes away more results than it had to.
/// </summary>
public sealed class ChangeSet
{
    // Past that an act changes so much of a table that single rows are not worth telling.
    private const int MaxRows = 300;

    private readonly TrackedTables _tables;
    private readonly HashSet<ulong> _tags = [];
    private readonly HashSet<TrackedTable> _whole = [];
    private readonly Dictionary<TrackedTable, int> _rows = [];
    private readonly Dictionary<TrackedTable, DataTag[]> _announced = [];

    internal ChangeSet(NewsContext db) => _tables = TrackedTables.Of(db.Model);

    /// <summary>Whether nothing readers are served from was changed.</summary>
    public bool IsEmpty => _tags.Count == 0 && _whole.Count == 0;

    /// <summary>The tags to purge.</summary>
    public DataTag[] Tags => [.. _tags.Select(tag => new DataTag(tag)), .. _whole.Select(t => t.Whole)];

    /// <summary>
    /// Says of the statements until it is disposed of that they change certain rows of a table, and nothing in them but
    /// properties that change often.
    /// </summary>
    /// <typeparam name="T">The table's entity.</typeparam>
    /// <param name="keys">The rows' keys.</param>
    /// <param name="properties">The properties, each marked with <see cref="ChangesOftenAttribute"/>.</param>
    public IDisposable Touching<T>(IEnumerable<long> keys, params ReadOnlySpan<string> properties)
    {
        var table = _tables.Of<T>();
        List<DataTag> tags = [.. keys.Select(key => DataTag.Of(table.Source, table.Key!.Name, key))];
        foreach (var property in properties)
        {
            var tag = table.OftenTag(property);
            if (!table.Often.Values.Contains(tag))
            {
                throw new ArgumentException($"{table.Source}.{property} is not marked as changing often.", nameof(properties));
            }

            tags.Add(tag);
        }

        return Announce(table, tags);
    }

    /// <summary>
    /// Says of the statements until it is disposed of that they add or change one row of a table that is read by its key
    /// or as a whole.
    /// </summary>
    /// <typeparam name="T">The table's entity.</typeparam>
    /// <param name="key">The row's key.</param>
    public IDisposable Touching<T>(string key)
    {
        var table = _tables.Of<T>();
        return table.Columns.Count == 1
            ? Announce(table, [DataTag.Of(table.Source, table.Key!.Name, key.AsSpan()), table.Rows, .. table.Often.Values])
            : throw new ArgumentException($"{table.Source} may be read by other columns than its key.", nameof(key));
    }

    /// <summary>A statement that is no part of saving is about to run.</summary>
    internal void Statement(string text)
    {
        foreach (var table in _tables.Statements.WritesOf(text))
        {
            if (_announced.TryGetValue(table, out var announced))
            {
                Add(announced);
            }
            else
            {
                _whole.Add(table);
            }
        }
    }

    /// <summary>What a context is about to save. Keys may not be there yet, so its rows are told after saving, by <see cref="Saved"/>.</summary>
    internal List<RowChange> Saving(ChangeTracker tracker)
    {
        List<RowChange> changes = [];
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && _tables.Find(entry.Metadata) is { } table)
            {
                changes.Add(RowChange.Of(entry, table));
            }
        }

        return changes;
    }

    /// <summary>The context has saved.</summary>
    internal void Saved(List<RowChange> changes)
    {
        foreach (var change in changes)
        {
            var rows = _rows[change.Table] = _rows.GetValueOrDefault(change.Table) + 1;
            if (rows > MaxRows || change.IsUnclear)
            {
                _whole.Add(change.Table);
            }
            else
            {
                Add([.. change.Tags()]);
            }

            if (change.IsDeleted)
            {
                AddDependents(change.Table);
            }
        }
    }

    /// <summary>The tags as bytes: a format, then eight for each.</summary>
    internal byte[] ToBytes()
    {
        var tags = Tags;
        var bytes = new byte[1 + (tags.Length * sizeof(ulong))];
        bytes[0] = Format;
        for (var i = 0; i < tags.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1 + (i * sizeof(ulong))), tags[i].Value);
        }

        return bytes;
    }

    /// <summary>Reads <see cref="ToBytes"/>; null when another version of the program wrote them and they may mean anything.</summary>
    internal static DataTag[]? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Format || (bytes.Length - 1) % sizeof(ulong) != 0)
        {
            return null;
        }

        var tags = new DataTag[(bytes.Length - 1) / sizeof(ulong)];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new DataTag(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(1 + (i * sizeof(ulong)))..]));
        }

        return tags;
    }

    /// <summary>Another number when tags are made another way: nodes of two versions may run side by side.</summary>
    private const byte Format = 1;

    // What the database deletes along with a row.
    private void AddDependents(TrackedTable table)
    {
        foreach (var key in table.Entity.GetReferencingForeignKeys())
        {
            if (key.DeleteBehavior is not (DeleteBehavior.Restrict or DeleteBehavior.NoAction)
                && _tables.Find(key.DeclaringEntityType) is { } dependent && dependent != table && _whole.Add(dependent))
            {
                AddDependents(dependent);
            }
        }
    }

    private Announcement Announce(TrackedTable table, IReadOnlyCollection<DataTag> tags)
    {
        _announced[table] = [.. tags];
        return new Announcement(this, table);
    }

    private void Add(ReadOnlySpan<DataTag> tags)
    {
        foreach (var tag in tags)
        {
            _tags.Add(tag.Value);
        }
    }

    private sealed class Announcement(ChangeSet changes, TrackedTable table) : IDisposable
    {
        public void Dispose() => changes._announced.Remove(table);
    }
}
