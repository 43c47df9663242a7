using System.Globalization;

namespace NewsGraph.Engine.Conventions.Filtering;

/// <summary>Operands as scalars parsed them, brought to the type of the member they are compared with.</summary>
internal static class FilterOperand
{
    public static object Convert(object operand, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsInstanceOfType(operand))
        {
            return operand is DateTime time ? Utc(time) : operand;
        }

        if (target == typeof(DateTime) && operand is DateTimeOffset offset)
        {
            return offset.UtcDateTime;
        }

        if (target == typeof(DateTimeOffset) && operand is DateTime moment)
        {
            return new DateTimeOffset(Utc(moment));
        }

        return target.IsEnum
            ? Enum.ToObject(target, operand)
            : System.Convert.ChangeType(operand, target, CultureInfo.InvariantCulture);
    }

    /// <summary>All stored times are UTC; providers refuse, or shift, any other kind.</summary>
    private static DateTime Utc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
}
