using System.Globalization;

namespace NewsGraph.Engine.Conventions.Sorting;

/// <summary>Sort keys as text inside a cursor: exact, and the same on every machine.</summary>
internal static class SortKeyText
{
    /// <summary>More than any value takes that is no text.</summary>
    public const int MaxBytes = 400;

    public static bool Supports(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(short) ||
        type == typeof(double) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset) ||
        type == typeof(DateOnly) || type == typeof(TimeSpan) || type == typeof(Guid);

    /// <summary>Writes a value that is no text; false when it needs more room than <see cref="MaxBytes"/>, which none does.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="written">How many bytes were written.</param>
    public static bool TryFormat(object value, Span<byte> target, out int written) => value is IUtf8SpanFormattable number
        ? number.TryFormat(target, out written, FormatOf(value), CultureInfo.InvariantCulture)
        : throw new ArgumentException($"{value.GetType()} is not a type to sort by.", nameof(value));

    private static ReadOnlySpan<char> FormatOf(object value) => value switch
    {
        DateTime or DateTimeOffset or DateOnly => "O",
        TimeSpan => "c",
        double => "R",
        _ => default,
    };

    /// <summary>Reads what was written of a value; null when the text is no such value.</summary>
    public static object? Parse(ReadOnlySpan<char> text, Type type)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(string))
        {
            return text.ToString();
        }

        if (type == typeof(DateTime))
        {
            // The platform reads this format much quicker where no style is asked for.
            if (text is [.., 'Z'] && DateTimeOffset.TryParseExact(text, "O", culture, DateTimeStyles.None, out var utc))
            {
                return utc.UtcDateTime;
            }

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

    private static object? ParseInteger(ReadOnlySpan<char> text, Type type)
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
