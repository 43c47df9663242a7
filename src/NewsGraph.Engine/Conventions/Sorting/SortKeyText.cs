using System.Globalization;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>Sort keys as text inside a cursor: exact, and the same on every machine.</summary>
internal static class SortKeyText
{
    public static bool Supports(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(short) ||
        type == typeof(double) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset) ||
        type == typeof(DateOnly) || type == typeof(TimeSpan) || type == typeof(Guid);

    public static string Format(object value) => value switch
    {
        string text => text,
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} is not a type to sort by.", nameof(value)),
    };

    /// <summary>Reads what <see cref="Format"/> wrote; null when the text is no such value.</summary>
    public static object? Parse(string text, Type type)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(DateTime))
        {
            // All stored times are UTC; a database refuses any other.
            return DateTime.TryParseExact(text, "O", culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
        }

        if (type == typeof(DateTimeOffset))
        {
            return DateTimeOffset.TryParseExact(text, "O", culture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
        }

        if (type == typeof(DateOnly))
        {
            return DateOnly.TryParseExact(text, "O", culture, DateTimeStyles.None, out var date) ? date : null;
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.TryParseExact(text, "c", culture, out var span) ? span : null;
        }

        if (type == typeof(Guid))
        {
            return Guid.TryParse(text, culture, out var guid) ? guid : null;
        }

        if (type == typeof(double))
        {
            return double.TryParse(text, NumberStyles.Float, culture, out var real) && double.IsFinite(real) ? real : null;
        }

        if (type == typeof(decimal))
        {
            return decimal.TryParse(text, NumberStyles.Number, culture, out var exact) ? exact : null;
        }

        return ParseInteger(text, type);
    }

    private static object? ParseInteger(string text, Type type)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        object? exact = Type.GetTypeCode(type) switch
        {
            TypeCode.Int64 => number,
            TypeCode.Int32 when number is >= int.MinValue and <= int.MaxValue => (int)number,
            TypeCode.Int16 when number is >= short.MinValue and <= short.MaxValue => (short)number,
            _ => null,
        };
        return exact;
    }
}
