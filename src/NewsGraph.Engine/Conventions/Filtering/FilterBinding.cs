using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Paging;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>
/// The turning of one filter into a condition: counts what it asks for, and gives each operand its expression. Operands
/// come in the order in which the filter is walked through, which is the same for every filter of the same shape.
/// </summary>
/// <param name="limits">How much the filter may ask for.</param>
/// <param name="values">The query's values when the operands have places among them; null to capture the operands.</param>
/// <param name="firstPlace">The first operand's place.</param>
internal sealed class FilterBinding(FilterLimits limits, QueryValues? values = null, int firstPlace = 0)
{
    private readonly List<Func<object, object>> _readers = [];

    public FilterBudget Budget { get; } = new(limits);

    /// <summary>How each operand that has a place is read from what the client gave.</summary>
    public IReadOnlyList<Func<object, object>> Readers => _readers;

    /// <summary>Whether another filter of the same shape differs in nothing but the values at the places.</summary>
    public bool CanHavePlaces { get; private set; } = true;

    /// <summary>An operand that has a place.</summary>
    /// <param name="operand">The operand as the client gave it.</param>
    /// <param name="type">Its type in the condition.</param>
    /// <param name="read">Makes it that type.</param>
    public Expression Operand(object operand, Type type, Func<object, object> read)
    {
        // A truth value belongs to the shape; a database that knows it finds a better plan.
        if (operand is bool)
        {
            return Expression.Constant(operand, type);
        }

        _readers.Add(read);
        return values is null ? QueryExpressions.Captured(read(operand), type) : values.At(firstPlace + _readers.Count - 1, type);
    }

    /// <summary>An operand that makes the filter one of its own: what it is translated to depends on the value.</summary>
    public Expression Own(object? operand, Type type)
    {
        CanHavePlaces = false;
        return QueryExpressions.Captured(operand, type);
    }
}
