using System.Globalization;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary><c>LocalDate</c>: a day of the calendar, without a time and without a zone.</summary>
public sealed class LocalDateScalar : TextScalar<DateOnly>
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>Creates the scalar.</summary>
    public LocalDateScalar()
        : base("LocalDate", "A day of the calendar without a zone: `2026-03-01`.", ScalarSpecifications.LocalDate)
    {
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<char> text, out DateOnly value) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    /// <inheritdoc/>
    protected override string? Write(object value) =>
        value is DateOnly date ? date.ToString(Format, CultureInfo.InvariantCulture) : null;
}
