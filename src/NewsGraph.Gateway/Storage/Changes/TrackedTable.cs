using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NewsGraph.Engine.Execution.Caching;

namespace NewsGraph.Gateway.Storage.Changes;

/// <summary>A table as far as changes are told: its tags are named by its entity.</summary>
/// <remarks>
/// What is told of a change: of a row that comes, goes or changes, <see cref="Rows"/> and, for each of
/// <see cref="Columns"/>, what it was and what it is. Of a change of nothing but what changes often: those properties
/// (<see cref="Often"/>) and the row's key. Of a change of which more is not known: <see cref="Whole"/>, which every
/// reading of the table depends on.
/// </remarks>
internal sealed class TrackedTable
{
    public TrackedTable(IEntityType entity)
    {
        Entity = entity;
        Name = entity.GetTableName()!;
        Source = entity.ClrType.Name;
        Whole = DataTag.Of(Source + " whole");
        Rows = DataTag.Of(Source);
        Key = entity.FindPrimaryKey()!.Properties is [var key] ? key : null;
        Columns = [.. entity.GetProperties().Where(IsTold)];
        Often = entity.GetProperties()
            .Where(p => p.PropertyInfo?.IsDefined(typeof(ChangesOftenAttribute), inherit: false) == true)
            .ToDictionary(p => p.GetColumnName(), p => OftenTag(p.Name), StringComparer.OrdinalIgnoreCase);
    }

    public IEntityType Entity { get; }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The entity's name, which begins its tags.</summary>
    public string Source { get; }

    /// <summary>Anything in the table.</summary>
    public DataTag Whole { get; }

    /// <summary>The rows there are, and what of them does not change often.</summary>
    public DataTag Rows { get; }

    /// <summary>The key that tells rows apart, when it is one column.</summary>
    public IProperty? Key { get; }

    /// <summary>The columns by which reading can be narrowed: keys of this table and of others, unique texts.</summary>
    public IReadOnlyList<IProperty> Columns { get; }

    /// <summary>The tags of what changes often in any row, by column.</summary>
    public IReadOnlyDictionary<string, DataTag> Often { get; }

    public DataTag OftenTag(string property) => DataTag.Of(Source + "~" + property);

    /// <summary>The tag of the rows that have a value in a column.</summary>
    public static DataTag? At(string source, string property, object? value) => value switch
    {
        null => null,
        long number => DataTag.Of(source, property, number),
        int number => DataTag.Of(source, property, number),
        string text => DataTag.Of(source, property, text.AsSpan()),
        _ => throw new NotSupportedException($"{source}.{property}: a value of this type names no rows."),
    };

    // A value of another type would have to be told apart as exactly in every process.
    private static bool IsTold(IProperty property) =>
        (property.IsKey() || property.IsForeignKey() || property.GetContainingIndexes().Any(i => i is { IsUnique: true, Properties.Count: 1 }))
        && property.ClrType is var type && (type == typeof(long) || type == typeof(long?) || type == typeof(int) || type == typeof(string));
}

/// <summary>The tables readers are served from.</summary>
internal sealed class TrackedTables
{
    private static readonly ConditionalWeakTable<IModel, TrackedTables> Known = [];

    private readonly Dictionary<string, TrackedTable> _byName;

    private TrackedTables(IModel model)
    {
        Statements = new KnownStatements(this);
        All = [.. model.GetEntityTypes()
            .Where(e => !e.IsOwned() && e.GetTableName() is not null && e.ClrType != typeof(DataChange))
            .Select(e => new TrackedTable(e))];
        _byName = All.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<TrackedTable> All { get; }

    /// <summary>What is known of statements on these tables.</summary>
    public KnownStatements Statements { get; }

    /// <summary>The tables of a model.</summary>
    public static TrackedTables Of(IModel model) => Known.GetValue(model, static m => new TrackedTables(m));

    public TrackedTable? Find(ReadOnlySpan<char> name) =>
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var table) ? table : null;

    /// <summary>The table of an entity; null when changes of it are not told.</summary>
    public TrackedTable? Find(IEntityType entity) => entity.GetTableName() is { } name ? Find(name) : null;

    public TrackedTable Of<T>() => All.Single(t => t.Entity.ClrType == typeof(T));
}
