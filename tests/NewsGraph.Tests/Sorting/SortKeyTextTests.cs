using System.Text;
using NewsGraph.Engine.Conventions.Sorting;

namespace NewsGraph.Tests.Sorting;

public sealed class SortKeyTextTests
{
    public static TheoryData<object> Values =>
    [
        "a:\\null", int.MinValue, long.MaxValue, (short)-3, 0.1 + 0.2, 1234567.8900m,
        new DateTime(638_000_000_000_000_001, DateTimeKind.Utc), new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-7)),
        new DateOnly(2024, 2, 29), TimeSpan.FromTicks(-1), Guid.Parse("6f1c2f6e-9d5c-4a7e-8a3b-0d6c1b2a3f4e"),
    ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_key_survives_its_cursor_to_the_last_tick_and_kind(object value)
    {
        var read = SortKeyText.Parse(Format(value), value.GetType());

        Assert.IsType(value.GetType(), read);
        Assert.Equal(value, read);
        Assert.Equal(value is DateTime time ? time.Kind : default, read is DateTime same ? same.Kind : default);
    }

    [Theory]
    [InlineData("2147483648", typeof(int))]
    [InlineData("40000", typeof(short))]
    [InlineData("1.5", typeof(long))]
    [InlineData("NaN", typeof(double))]
    [InlineData("2024-01-01", typeof(DateTime))]
    [InlineData("", typeof(Guid))]
    public void What_is_no_such_value_is_not_read(string text, Type type) => Assert.Null(SortKeyText.Parse(text, type));

    [Theory]
    [InlineData("2024-01-01T00:00:00.0000000", 0)]
    [InlineData("2024-01-01T02:00:00.0000000+02:00", 0)]
    public void A_time_is_read_as_UTC_however_it_is_written(string text, int hour)
    {
        var time = Assert.IsType<DateTime>(SortKeyText.Parse(text, typeof(DateTime)));

        Assert.Equal((hour, DateTimeKind.Utc), (time.Hour, time.Kind));
    }

    private static string Format(object value)
    {
        var bytes = new byte[SortKeyText.MaxBytes];
        return value is string text ? text : SortKeyText.TryFormat(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
