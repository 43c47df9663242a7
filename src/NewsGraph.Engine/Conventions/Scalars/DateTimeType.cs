using System.Globalization;
using System.Text.RegularExpressions;
using GraphQL.Types;
using GraphQLParser.AST;

namespace NewsGraph.Engine.Conventions.Scalars;

/// <summary>
/// <c>DateTime</c>: an instant. Written in UTC with <c>Z</c> and as many fraction digits as needed, at most seven; read
/// only with an offset, because a time without one is nobody's instant.
/// </summary>
public sealed partial class DateTimeType : ScalarGraphType
{
    private const string OutputFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>Creates the type.</summary>
    public DateTimeType()
    {
        Name = "DateTime";
        Description = "An instant as ISO 8601 text with an offset: `2026-03-01T08:30:00Z`, `2026-03-01T09:30:00.5+01:00`. Answers are in UTC.";
        this.SpecifiedBy("https://scalars.graphql.org/chillicream/date-time.html");
    }

    /// <inheritdoc/>
    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTime time => Utc(time).ToString(OutputFormat, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString(OutputFormat, CultureInfo.InvariantCulture),
        _ => ThrowSerializationError(value),
    };

    /// <inheritdoc/>
    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        DateTime time => Utc(time),
        DateTimeOffset time => time.UtcDateTime,
        string text => Read(text) ?? ThrowValueConversionError(value),
        _ => ThrowValueConversionError(value),
    };

    /// <inheritdoc/>
    public override bool CanParseValue(object? value) => value is null or DateTime or DateTimeOffset || (value is string text && Read(text) is not null);

    /// <inheritdoc/>
    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text => Read(text.Value.ToString()) ?? ThrowLiteralConversionError(value),
        _ => ThrowLiteralConversionError(value),
    };

    /// <inheritdoc/>
    public override bool CanParseLiteral(GraphQLValue value) =>
        value is GraphQLNullValue || (value is GraphQLStringValue text && Read(text.Value.ToString()) is not null);

    private static DateTime? Read(string text)
    {
        // Seven digits of a second are all a DateTime holds; two more are read and dropped.
        var match = Format().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value;
        var exact = fraction.Length > 8 ? text.Replace(fraction, fraction[..8], StringComparison.Ordinal) : text;
        return DateTimeOffset.TryParse(exact, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.UtcDateTime : null;
    }

    private static DateTime Utc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?<fraction>\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
