using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary>
/// <c>DateTime</c>: a point in time. Inputs need a time and an offset and become UTC; times whose kind nobody
/// recorded are taken as UTC, because that is what the store holds.
/// </summary>
public sealed partial class DateTimeScalar : TextScalar<DateTime>, IWrittenScalar<DateTime>
{
    private const string OutputFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";
    private const int Precision = 7;

    /// <summary>Creates the scalar.</summary>
    public DateTimeScalar()
        : base(
            "DateTime",
            "A point in time in ISO 8601, with its offset: `2026-03-01T09:30:00Z`.",
            ScalarSpecifications.DateTime)
    {
    }

    /// <inheritdoc/>
    public override object? ParseValue(object? value) => value switch
    {
        DateTime time => ToUtc(time),
        DateTimeOffset time => time.UtcDateTime,
        _ => base.ParseValue(value),
    };

    /// <inheritdoc/>
    public override bool CanParseValue(object? value) => value is DateTimeOffset || base.CanParseValue(value);

    /// <inheritdoc/>
    public bool TryWrite(DateTime value, Span<byte> target, out int written)
    {
        var time = ToUtc(value);
        target[0] = (byte)'"';
        Digits(target[1..5], time.Year);
        Digits(target[6..8], time.Month);
        Digits(target[9..11], time.Day);
        Digits(target[12..14], time.Hour);
        Digits(target[15..17], time.Minute);
        Digits(target[18..20], time.Second);
        (target[5], target[8], target[11], target[14], target[17]) = ((byte)'-', (byte)'-', (byte)'T', (byte)':', (byte)':');
        var at = 20;
        var fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond);
        if (fraction > 0)
        {
            target[at] = (byte)'.';
            Digits(target.Slice(at + 1, Precision), fraction);
            at += 1 + target.Slice(at + 1, Precision).LastIndexOfAnyExcept((byte)'0') + 1;
        }

        "Z\""u8.CopyTo(target[at..]);
        written = at + 2;
        return true;
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        if (!Form().IsMatch(text))
        {
            return false;
        }

        // Up to nine fraction digits are allowed, but a tick is the seventh: the rest is cut.
        Span<char> cut = stackalloc char[text.Length];
        var length = CutFraction(text, cut);
        if (!DateTimeOffset.TryParse(cut[..length], CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            return false;
        }

        value = parsed.UtcDateTime;
        return true;
    }

    /// <inheritdoc/>
    protected override string? Write(object value) => value switch
    {
        DateTime time => ToUtc(time).ToString(OutputFormat, CultureInfo.InvariantCulture) + "Z",
        DateTimeOffset { Offset.Ticks: 0 } time => time.ToString(OutputFormat, CultureInfo.InvariantCulture) + "Z",
        DateTimeOffset time => time.ToString(OutputFormat + "zzz", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static void Digits(Span<byte> target, int value)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            target[i] = (byte)('0' + digit);
        }
    }

    private static DateTime ToUtc(DateTime time) => time.Kind switch
    {
        DateTimeKind.Utc => time,
        DateTimeKind.Local => time.ToUniversalTime(),
        _ => DateTime.SpecifyKind(time, DateTimeKind.Utc),
    };

    private static int CutFraction(ReadOnlySpan<char> text, Span<char> target)
    {
        var point = text.IndexOf('.');
        if (point < 0)
        {
            text.CopyTo(target);
            return text.Length;
        }

        var digits = text[(point + 1)..];
        var count = digits.IndexOfAnyExceptInRange('0', '9');
        var kept = point + 1 + Math.Min(count, Precision);
        text[..kept].CopyTo(target);
        digits[count..].CopyTo(target[kept..]);
        return kept + digits.Length - count;
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
