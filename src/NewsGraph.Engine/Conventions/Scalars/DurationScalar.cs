using System.Text.RegularExpressions;
using System.Xml;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary>
/// <c>Duration</c>: a length of time in ISO 8601. Years and months are refused: they have no fixed length.
/// </summary>
public sealed partial class DurationScalar : TextScalar<TimeSpan>
{
    /// <summary>Creates the scalar.</summary>
    public DurationScalar()
        : base("Duration", "A length of time in ISO 8601, in days and smaller: `PT2H30M`.", ScalarSpecifications.Duration)
    {
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        if (!Form().IsMatch(text))
        {
            return false;
        }

        try
        {
            value = XmlConvert.ToTimeSpan(text.ToString());
            return true;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override string? Write(object value) => value is TimeSpan span ? XmlConvert.ToString(span) : null;

    [GeneratedRegex(@"^-?P(?=[0-9T])([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
