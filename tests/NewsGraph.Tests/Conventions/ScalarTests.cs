using GraphQL.Types;
using GraphQLParser.AST;
using NewsGraph.Engine.Conventions.Scalars;

namespace NewsGraph.Tests.Conventions;

public sealed class ScalarTests
{
    [Theory]
    [InlineData("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z")]
    [InlineData("2026-03-01t09:30:00z", "2026-03-01T09:30:00Z")]
    [InlineData("2026-03-01T09:30:00+02:00", "2026-03-01T07:30:00Z")]
    [InlineData("2026-03-01T09:30:00.120-05:30", "2026-03-01T15:00:00.12Z")]
    [InlineData("2026-03-01T09:30:00.123456789Z", "2026-03-01T09:30:00.1234567Z")]
    public void A_time_becomes_utc_and_prints_without_idle_zeros(string input, string output)
    {
        var scalar = new DateTimeScalar();
        var value = Assert.IsType<DateTime>(scalar.ParseValue(input));
        Assert.Equal(DateTimeKind.Utc, value.Kind);
        Assert.Equal(output, scalar.Serialize(value));
        Assert.Equal(value, scalar.ParseLiteral(new GraphQLStringValue(input)));
    }

    [Theory]
    [InlineData("2026-03-01")]
    [InlineData("2026-03-01T09:30:00")]
    [InlineData("2026-03-01T09:30Z")]
    [InlineData("2026-03-01 09:30:00Z")]
    [InlineData("2026-02-30T09:30:00Z")]
    [InlineData("2026-03-01T25:30:00Z")]
    [InlineData("2026-03-01T09:30:00.1234567890Z")]
    [InlineData("2026-03-01T09:30:00+15:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("2026-03-01T09:30:00Z\n")]
    [InlineData("")]
    public void A_time_without_date_time_or_offset_is_refused(string input)
    {
        var scalar = new DateTimeScalar();
        Assert.False(scalar.CanParseValue(input));
        Assert.False(scalar.CanParseLiteral(new GraphQLStringValue(input)));
        Assert.ThrowsAny<Exception>(() => scalar.ParseValue(input));
    }

    [Fact]
    public void A_stored_time_without_a_kind_prints_as_utc_and_an_offset_is_kept()
    {
        var scalar = new DateTimeScalar();
        Assert.Equal("2026-03-01T09:30:00Z", scalar.Serialize(new DateTime(2026, 3, 1, 9, 30, 0, DateTimeKind.Unspecified)));
        Assert.Equal("2026-03-01T09:30:00+02:00", scalar.Serialize(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(2))));
    }

    [Fact]
    public void Each_scalar_reads_what_it_writes()
    {
        RoundTrip(new LocalDateScalar(), new DateOnly(2026, 2, 28), "2026-02-28");
        RoundTrip(new DurationScalar(), new TimeSpan(1, 2, 30, 0), "P1DT2H30M");
        RoundTrip(new DurationScalar(), TimeSpan.FromSeconds(-1.5), "-PT1.5S");
        RoundTrip(new UuidScalar(), Guid.Parse("6f1c2f6e-9d5c-4a7e-8a3b-0d6c1b2a3f4e"), "6f1c2f6e-9d5c-4a7e-8a3b-0d6c1b2a3f4e");
        RoundTrip(new UriScalar(), new Uri("https://news.example/a?b=c"), "https://news.example/a?b=c");
        Assert.Equal(long.MaxValue, new LongScalar().ParseValue(long.MaxValue));
    }

    [Theory]
    [InlineData(typeof(LocalDateScalar), "2026-02-29")]
    [InlineData(typeof(LocalDateScalar), "2026-2-1")]
    [InlineData(typeof(DurationScalar), "P1Y")]
    [InlineData(typeof(DurationScalar), "P1M")]
    [InlineData(typeof(DurationScalar), "PT")]
    [InlineData(typeof(DurationScalar), "P")]
    [InlineData(typeof(DurationScalar), "P99999999999D")]
    [InlineData(typeof(UuidScalar), "6f1c2f6e")]
    public void Each_scalar_refuses_what_is_not_its_form(Type type, string text)
    {
        var scalar = (ScalarGraphType)Activator.CreateInstance(type)!;
        Assert.False(scalar.CanParseValue(text));
        Assert.False(scalar.CanParseLiteral(new GraphQLStringValue(text)));
        Assert.False(scalar.CanParseLiteral(new GraphQLIntValue(5)));
    }

    private static void RoundTrip(ScalarGraphType scalar, object value, string text)
    {
        Assert.Equal(text, scalar.Serialize(value));
        Assert.Equal(value, scalar.ParseValue(text));
        Assert.Equal(value, scalar.ParseLiteral(new GraphQLStringValue(text)));
        Assert.Null(scalar.Serialize(null));
    }
}
