using System.Linq.Expressions;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>What an operation compares with, as expressions.</summary>
/// <param name="binding">The filter's.</param>
/// <param name="value">The operand or operands as the client gave them.</param>
/// <param name="allowsNull">Whether null is an operand of a list.</param>
/// <param name="read">Brings an operand to a type.</param>
internal sealed class FilterOperands(FilterBinding binding, object? value, bool allowsNull, Func<object, Type, object> read)
{
    /// <summary>The operand as text.</summary>
    public string Text => (string)read(value!, typeof(string));

    /// <summary>The operand.</summary>
    public Expression One(Type type) =>
        value is null ? Expression.Constant(null, type) : binding.Operand(value, type, operand => read(operand, type));

    /// <summary>The operands of a list.</summary>
    public Expression Many(Type type)
    {
        var sequence = typeof(IEnumerable<>).MakeGenericType(type);

        // Keys alone are one parameter on every database; other lists are translated with their values.
        return type == typeof(long) && value is not null
            ? binding.Operand(value, sequence, operands => Values(operands, type))
            : binding.Own(value is null ? null : Values(value, type), sequence);
    }

    /// <summary>A value made of the operand that the condition is translated with.</summary>
    public Expression Own<TValue>(TValue operand) => binding.Own(operand, typeof(TValue));

    private Array Values(object operands, Type type)
    {
        var values = ((IEnumerable<object?>)operands).ToList();
        binding.Budget.Values(values.Count);
        values.RemoveAll(operand => operand is null && !allowsNull);
        var array = Array.CreateInstance(type, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            array.SetValue(values[i] is { } operand ? read(operand, type) : null, i);
        }

        return array;
    }
}
