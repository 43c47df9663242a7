using System.Linq.Expressions;
using NewsGraph.Engine.Execution.Caching;
using NewsGraph.Gateway.Storage.Changes;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>Parts of tables: the rows that have certain values in a column.</summary>
internal sealed class Part
{
    private readonly Dictionary<Type, (string Column, DataTag[] Tags)> _byEntity = [];

    private Part(Type entity, string column, IEnumerable<DataTag> tags) => _byEntity.Add(entity, (column, [.. tags]));

    /// <summary>The rows with one of some numbers in a column.</summary>
    /// <typeparam name="T">The table's entity.</typeparam>
    /// <param name="column">The column: a key, of this table or another.</param>
    /// <param name="keys">The numbers.</param>
    public static Part Of<T>(Expression<Func<T, long?>> column, IEnumerable<long> keys)
    {
        var name = NameOf(column.Body);
        return new Part(typeof(T), name, keys.Select(key => DataTag.Of(typeof(T).Name, name, key)));
    }

    /// <summary>The rows with a text in a column that is unique, so at most one.</summary>
    /// <typeparam name="T">The table's entity.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="text">The text.</param>
    public static Part Of<T>(Expression<Func<T, string?>> column, string text)
    {
        var name = NameOf(column.Body);
        return new Part(typeof(T), name, [DataTag.Of(typeof(T).Name, name, text.AsSpan())]);
    }

    /// <summary>These and others, of another table.</summary>
    public Part And(Part other)
    {
        foreach (var (entity, part) in other._byEntity)
        {
            _byEntity.Add(entity, part);
        }

        return this;
    }

    /// <summary>The part of a table; null when it is not narrowed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isByKey">Whether it names rows by their own key, by which all is told that changes in them.</param>
    public DataTag[]? Find(TrackedTable table, out bool isByKey)
    {
        var found = _byEntity.TryGetValue(table.Entity.ClrType, out var part);
        isByKey = found && part.Column == table.Key?.Name;
        return found ? part.Tags : null;
    }

    private static string NameOf(Expression column) => column switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => NameOf(convert.Operand),
        MemberExpression member => member.Member.Name,
        _ => throw new ArgumentException("A column is a property.", nameof(column)),
    };
}
