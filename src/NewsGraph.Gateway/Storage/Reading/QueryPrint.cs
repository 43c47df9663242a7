using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using NewsGraph.Engine.Conventions.Paging;

namespace NewsGraph.Gateway.Storage.Reading;

/// <summary>
/// The print of a query: the same in every process, and another one for a query that could be translated otherwise. Of the
/// values it is given only their places count, as in a statement.
/// </summary>
internal sealed class QueryPrint : ExpressionVisitor
{
    private readonly Dictionary<ParameterExpression, int> _parameters = [];

    // FNV-1a of 128 bits, for queries of this code's own alone: a cryptographic hash would load OpenSSL.
    private UInt128 _hash = new(0x6C62272E07BB0142, 0x62B821756295C58D);
    private bool _isWhole = true;

    private QueryPrint()
    {
    }

    private static UInt128 Prime { get; } = new(0x1000000, 0x13B);

    /// <summary>The print, or null when the query has something in it of which is not known what it does to the text.</summary>
    public static string? Of(Expression query)
    {
        var print = new QueryPrint();
        print.Visit(query);
        return print._isWhole ? print._hash.ToString("x32", CultureInfo.InvariantCulture) : null;
    }

    public override Expression? Visit(Expression? node)
    {
        if (node is null || !_isWhole)
        {
            Add("none");
            return node;
        }

        // What was captured is looked at, as Entity Framework does.
        if (node is MemberExpression { Expression: ConstantExpression { Value: { } owner }, Member: FieldInfo field } && !QueryValues.IsPlace(field))
        {
            AddValue(field.GetValue(owner), node.Type);
            return node;
        }

        Add(node.NodeType.ToString());
        Add(node.Type);
        base.Visit(node);
        Add("end");
        return node;
    }

    protected override Expression VisitConstant(ConstantExpression node)
    {
        AddValue(node.Value, node.Type);
        return node;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        Add(node.Member);
        return node.Member is FieldInfo field && QueryValues.IsPlace(field) ? node : base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        Add(node.Method);
        return base.VisitMethodCall(node);
    }

    protected override Expression VisitNew(NewExpression node)
    {
        foreach (var member in node.Members ?? [])
        {
            Add(member);
        }

        return base.VisitNew(node);
    }

    protected override Expression VisitUnary(UnaryExpression node)
    {
        Add(node.Method);
        return base.VisitUnary(node);
    }

    protected override Expression VisitBinary(BinaryExpression node)
    {
        Add(node.Method);
        return base.VisitBinary(node);
    }

    protected override MemberBinding VisitMemberBinding(MemberBinding node)
    {
        Add(node.Member);
        return base.VisitMemberBinding(node);
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _parameters.TryAdd(node, _parameters.Count);
        Add(_parameters[node].ToString(CultureInfo.InvariantCulture));
        return node;
    }

    protected override Expression VisitExtension(Expression node)
    {
        switch (node)
        {
#pragma warning disable EF1001 // There is no other way to tell a query that begins with a text.
            case SqlQueryRootExpression root:
                Add(root.Sql);
#pragma warning restore EF1001
                break;
            case EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression):
                Add(root.EntityType.Name);
                break;
            default:
                _isWhole = false;
                break;
        }

        return node;
    }

    private void AddValue(object? value, Type type)
    {
        switch (value)
        {
            case null:
                Add("null");
                break;
            // One in memory is the constant in its own expression.
            case IQueryable { Expression: not ConstantExpression } rows:
                Visit(rows.Expression);
                break;
            case Expression expression:
                Visit(expression);
                break;
            case NewsContext:
                Add("context");
                break;
            case string or Enum or bool or int or long or double:
                Add(type);
                Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            default:
                _isWhole = false;
                break;
        }
    }

    private void Add(MemberInfo? member)
    {
        if (member is null)
        {
            return;
        }

        if (member is MethodInfo { IsGenericMethod: true } method)
        {
            Array.ForEach(method.GetGenericArguments(), Add);
        }

        Add(member.DeclaringType!);
        Add(member.Name);
    }

    private void Add(Type type)
    {
        // The compiler numbers the types it makes: those names change with code that has nothing to do with the query.
        if (type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        {
            Array.ForEach(type.GetProperties(), property => Add(property.Name));
        }
        else
        {
            Add(type.Namespace ?? "");
            Add(type.Name);
        }

        if (type.IsGenericType)
        {
            Array.ForEach(type.GetGenericArguments(), Add);
        }
    }

    private void Add(string text)
    {
        foreach (var letter in text)
        {
            _hash = unchecked((_hash ^ letter) * Prime);
        }

        // So that a text does not run into the next.
        _hash = unchecked((_hash ^ (uint)(text.Length + char.MaxValue)) * Prime);
    }
}
