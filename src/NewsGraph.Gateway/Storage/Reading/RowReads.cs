using System.Collections;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// What rows depend on that a statement gave. A count in a row changes with that row alone, so where it decides nothing
/// the row's key stands for it; else every row's count matters.
/// </summary>
/// <typeparam name="TRow">The rows: entities, or objects with one or a list of them.</typeparam>
internal static class RowReads<TRow>
{
    private static readonly (Type Entity, Func<TRow, IEnumerable> Entities)? Source = FindSource();

    public static void Add(DataReads reads, StatementReads statement, IReadOnlyList<TRow> rows, Part? part)
    {
        if (statement.Tables.Count == 0)
        {
            reads.Forbid();
        }

        foreach (var read in statement.Tables)
        {
            reads.Add(read.Table.Whole);
            var isByKey = false;
            if (part?.Find(read.Table, out isByKey) is { } narrowed)
            {
                reads.Add(narrowed);
            }
            else
            {
                reads.Add(read.Table.Rows);
            }

            if (read.Often.Count > 0 && !isByKey)
            {
                reads.Add(KeysOf(read, rows) ?? [.. read.Often]);
            }
        }
    }

    private static DataTag[]? KeysOf(TableRead read, IReadOnlyList<TRow> rows)
    {
        if (read.IsDecidedByOften || Source is not { } source || source.Entity != read.Table.Entity.ClrType || read.Table.Key is not { PropertyInfo: { } key })
        {
            return null;
        }

        return [.. rows.SelectMany(row => source.Entities(row).Cast<object>())
            .Select(entity => TrackedTable.At(read.Table.Source, key.Name, key.GetValue(entity)))
            .OfType<DataTag>()];
    }

    private static (Type, Func<TRow, IEnumerable>)? FindSource()
    {
        if (typeof(TRow).GetProperty("Node") is { PropertyType.IsClass: true } node)
        {
            return (node.PropertyType, row => new[] { node.GetValue(row) });
        }

        if (typeof(TRow).GetProperty("Nodes") is { PropertyType: { IsGenericType: true } type } nodes && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            return (type.GetGenericArguments()[0], row => (IEnumerable)nodes.GetValue(row)!);
        }

        return typeof(TRow).IsClass ? (typeof(TRow), row => new object?[] { row }) : null;
    }
}
