using System.Collections;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using NewsGraph.Engine.Conventions.Types;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// Takes the rows of a query apart into columns, and puts them together again. Entities become the columns that are
/// served, objects what they are made of.
/// </summary>
internal sealed class RowShape(NewsContext db, Demand demand)
{
    private const BindingFlags Anywhere = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly MethodInfo ReadText = ((Delegate)ReadStored).Method;
    private static readonly Expression NotRead = Expression.Property(null, typeof(StoredText), nameof(StoredText.Unread));

    private readonly IRelationalTypeMappingSource _mappings = db.GetService<IRelationalTypeMappingSource>();
    private readonly List<Expression> _columns = [];
    private Part? _row;

    /// <summary>Makes an expression that reads a part of a row.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="ordinals">Where each column stands.</param>
    private delegate Expression Part(ParameterExpression reader, int[] ordinals);

    /// <summary>Why the last step gave null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The query with named columns for rows; null when it has rows that are no columns.</summary>
    public IQueryable<ColumnNames>? Project<TRow>(IQueryable<TRow> query)
    {
        var (source, row) = Split(query.Expression, typeof(TRow));
        _row = TakeApart(row.Body);
        if (_row is null || _columns.Count > ColumnNames.Properties.Count)
        {
            Refusal ??= "Its rows have too many columns.";
            return null;
        }

        var named = Expression.MemberInit(
            Expression.New(typeof(ColumnNames)),
            _columns.Select((column, i) => Expression.Bind(ColumnNames.Properties[i], Expression.Convert(column, typeof(object)))));
        return query.Provider.CreateQuery<ColumnNames>(Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Select),
            [row.Parameters[0].Type, typeof(ColumnNames)],
            source,
            Expression.Quote(Expression.Lambda(named, row.Parameters))));
    }

    /// <summary>Compiles the reading of a row; null when a column is missing.</summary>
    /// <param name="columns">The names the database gives the columns, in their order.</param>
    public Func<DbDataReader, TRow>? Compile<TRow>(IEnumerable<string> columns)
    {
        var names = columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        var ordinals = new int[_columns.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            if (!names.TryGetValue(ColumnNames.Properties[i].Name, out ordinals[i]))
            {
                Refusal = $"The column of {_columns[i]} has no name of its own.";
                return null;
            }
        }

        var reader = Expression.Parameter(typeof(DbDataReader), "reader");
        return Expression.Lambda<Func<DbDataReader, TRow>>(_row!(reader, ordinals), reader).Compile();
    }

    private static (Expression Source, LambdaExpression Row) Split(Expression query, Type type)
    {
        if (query is MethodCallExpression { Method: { Name: nameof(Queryable.Select), DeclaringType: var owner } } call
            && owner == typeof(Queryable)
            && call.Arguments[1] is UnaryExpression { Operand: LambdaExpression { Parameters.Count: 1 } row })
        {
            return (call.Arguments[0], row);
        }

        var same = Expression.Parameter(type, "row");
        return (query, Expression.Lambda(same, same));
    }

    private Part? TakeApart(Expression value)
    {
        if (value is ConstantExpression)
        {
            return (_, _) => value;
        }

        if (db.Model.FindEntityType(value.Type) is { } entity)
        {
            return Entity(value, entity);
        }

        if (value is MemberExpression { Expression: { } owner } member && db.Model.FindEntityType(owner.Type)?.FindProperty(member.Member) is { } property)
        {
            // What is required of an entity is missing with it where it was joined to nothing.
            return Column(value, property.GetRelationalTypeMapping(), property.IsNullable || !value.Type.IsValueType);
        }

        var plain = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (plain == typeof(long) || plain == typeof(int) || plain == typeof(bool) || plain == typeof(string) || plain == typeof(byte[]))
        {
            return Column(value, _mappings.FindMapping(plain)!, !value.Type.IsValueType || plain != value.Type);
        }

        return value is MemberInitExpression made
            ? Object(made.NewExpression, made.Bindings.OfType<MemberAssignment>().Select(b => (b.Member, b.Expression)))
            : !value.Type.IsAssignableTo(typeof(IEnumerable)) && (value.Type.IsValueType || value.Type.GetConstructor([]) is not null)
                ? Object(Expression.New(value.Type), value.Type.GetProperties().Where(p => p.CanWrite).Select(p => ((MemberInfo)p, (Expression)Expression.Property(value, p))))
                : Refused($"{value.Type.Name} is neither a column nor an object made of columns.");
    }

    private Part? Object(NewExpression constructor, IEnumerable<(MemberInfo Member, Expression Value)> members)
    {
        var parts = new List<(MemberInfo Member, Part Part)>();
        foreach (var (member, value) in members)
        {
            if (TakeApart(value) is not { } part)
            {
                return null;
            }

            parts.Add((member, part));
        }

        return (reader, ordinals) => Expression.MemberInit(
            constructor, parts.Select(part => Expression.Bind(part.Member, part.Part(reader, ordinals))));
    }

    private Part Entity(Expression value, IEntityType entity)
    {
        var parts = entity.GetProperties().Where(IsRead).Select(property => Property(value, property)).ToList();
        foreach (var navigation in entity.GetNavigations().Where(n => n.TargetEntityType.IsOwned() && n.PropertyInfo is not null && !n.IsCollection))
        {
            parts.Add((navigation.PropertyInfo!, Owned(Expression.Property(value, navigation.PropertyInfo!), navigation.TargetEntityType)));
        }

        return entity.ClrType.IsDefined(typeof(SharedRowsAttribute))
            ? (reader, ordinals) => Shared(entity, parts.ConvertAll(part => (part.Member, part.Part(reader, ordinals))))
            : (reader, ordinals) => Expression.MemberInit(
                Expression.New(entity.ClrType), parts.Select(part => Expression.Bind(part.Member, part.Part(reader, ordinals))));
    }

    /// <summary>The remembered object, if all that is read is equal; a new one otherwise.</summary>
    private static BlockExpression Shared(IEntityType entity, List<(PropertyInfo Member, Expression Read)> parts)
    {
        var rows = typeof(SharedRows<>).MakeGenericType(entity.ClrType);
        var values = parts.ConvertAll(part => Expression.Variable(part.Read.Type, part.Member.Name));
        var key = values[parts.FindIndex(part => part.Member == entity.FindPrimaryKey()!.Properties.Single().PropertyInfo)];
        var kept = Expression.Variable(entity.ClrType, "kept");
        var isSame = parts
            .Select((part, i) => Expression.Equal(Expression.Property(kept, part.Member), values[i]))
            .Aggregate(Expression.ReferenceNotEqual(kept, Expression.Constant(null, entity.ClrType)), Expression.AndAlso);
        var made = Expression.MemberInit(
            Expression.New(entity.ClrType), parts.Select((part, i) => Expression.Bind(part.Member, values[i])));
        return Expression.Block(
            [.. values, kept],
            [
                .. parts.Select((part, i) => Expression.Assign(values[i], part.Read)),
                Expression.Assign(kept, Expression.Call(rows, nameof(SharedRows<>.Find), null, key)),
                Expression.Condition(isSame, kept, Expression.Call(rows, nameof(SharedRows<>.Keep), null, key, made)),
            ]);
    }

    private (PropertyInfo Member, Part Part) Property(Expression value, IProperty property)
    {
        var member = property.PropertyInfo!;
        var column = Expression.Property(value, member);
        if (member.GetCustomAttribute<ReadAsStoredAttribute>() is not { } held)
        {
            return (member, Column(column, property.GetRelationalTypeMapping(), property.IsNullable));
        }

        var stored = member.DeclaringType!.GetProperty(held.Stored, Anywhere)!;
        var isText = stored.PropertyType == typeof(StoredText);
        if (held is ReadOnDemandAttribute && !demand.Includes(property.Name))
        {
            return (stored, (_, _) => isText ? NotRead : Expression.Default(stored.PropertyType));
        }

        var read = isText ? Text(column) : Column(column, property.GetRelationalTypeMapping(), property.IsNullable);
        return (stored, isText ? read : (reader, ordinals) => Expression.Convert(read(reader, ordinals), stored.PropertyType));
    }

    /// <summary>A text as the database has it.</summary>
    private Part Text(Expression value)
    {
        var column = _columns.Count;
        _columns.Add(value);
        return (reader, ordinals) => Expression.Call(ReadText, reader, Expression.Constant(ordinals[column]));
    }

    private static StoredText ReadStored(DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : StoredText.OfUtf8(reader.GetFieldValue<byte[]>(ordinal));

    /// <summary>An object in its owner's columns, which is there when what it must have is there.</summary>
    private Part Owned(Expression value, IEntityType entity)
    {
        var first = _columns.Count;
        var properties = entity.GetProperties().Where(IsRead).ToList();
        var parts = properties.ConvertAll(p => Column(Expression.Property(value, p.PropertyInfo!), p.GetRelationalTypeMapping(), p.IsNullable));
        var required = properties.FindIndex(p => !p.IsNullable);
        return (reader, ordinals) => Expression.Condition(
            IsNull(reader, ordinals[first + required]),
            Expression.Constant(null, entity.ClrType),
            Expression.MemberInit(
                Expression.New(entity.ClrType), properties.Select((p, i) => Expression.Bind(p.PropertyInfo!, parts[i](reader, ordinals)))));
    }

    private bool IsRead(IProperty property) =>
        property.PropertyInfo is { } member && !member.IsDefined(typeof(NotServedAttribute));

    private Part Column(Expression value, RelationalTypeMapping mapping, bool isNullable)
    {
        var column = _columns.Count;
        _columns.Add(value);
        return (reader, ordinals) =>
        {
            var read = Get(reader, ordinals[column], mapping);
            read = read.Type == value.Type ? read : Expression.Convert(read, value.Type);
            return isNullable ? Expression.Condition(IsNull(reader, ordinals[column]), Expression.Default(value.Type), read) : read;
        };
    }

    private static Expression Get(ParameterExpression reader, int ordinal, RelationalTypeMapping mapping)
    {
        var read = mapping.CustomizeDataReaderExpression(Expression.Call(reader, mapping.GetDataReaderMethod(), Expression.Constant(ordinal)));
        if (mapping.Converter is not { } converter)
        {
            return read;
        }

        read = read.Type == converter.ProviderClrType ? read : Expression.Convert(read, converter.ProviderClrType);
        return Expression.Invoke(converter.ConvertFromProviderExpression, read);
    }

    private static MethodCallExpression IsNull(ParameterExpression reader, int ordinal) =>
        Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, Expression.Constant(ordinal));

    private Part? Refused(string why)
    {
        Refusal = why;
        return null;
    }
}
