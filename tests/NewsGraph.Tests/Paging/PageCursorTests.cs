using System.Globalization;
using System.Text;
using NewsGraph.Engine.Conventions.Paging;
using NewsGraph.Engine.Conventions.Sorting;
using SortKey = NewsGraph.Engine.Conventions.Sorting.SortKey;

namespace NewsGraph.Tests.Paging;

public sealed class PageCursorTests
{
    private const int Seed = 20261126;

    private static readonly SortOrder<Row> Order = new(
        [SortKey.Ascending((Row r) => r.Name), SortKey.Descending((Row r) => r.Date)], SortKey.Ascending((Row r) => r.Id));

    [Fact]
    public void A_cursor_is_the_escaped_keys_behind_the_order_in_Base64()
    {
        foreach (var row in Rows())
        {
            var expected = $"{{{Order.Identity}}}{Escape(row.Name)}:{Escape(row.Date.ToString("O", CultureInfo.InvariantCulture))}:{row.Id.ToString(CultureInfo.InvariantCulture)}";

            Assert.Equal(expected, Encoding.UTF8.GetString(Convert.FromBase64String(PageCursor.Encode(Order, row))));
        }
    }

    [Fact]
    public void A_cursor_gives_its_keys_back()
    {
        foreach (var row in Rows())
        {
            Assert.Equal([row.Name, row.Date, row.Id], PageCursor.Decode(Order, PageCursor.Encode(Order, row)));
        }
    }

    [Fact]
    public void A_cursor_that_was_changed_is_another_one_or_none_and_never_fails()
    {
        var random = new Random(Seed);
        foreach (var row in Rows())
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(PageCursor.Encode(Order, row))).ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                text[random.Next(text.Length)] = "\\:n{}0a\0é"[random.Next(9)];
            }

            if (PageCursor.Decode(Order, Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) is { } read)
            {
                Assert.Equal(Order.Keys.Count, read.Count);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a:2026-01-01T00\\:00\\:00.0000000Z")]
    [InlineData("a:2026-01-01T00\\:00\\:00.0000000Z:1:2")]
    [InlineData("a:2026-01-01T00\\:00\\:00.0000000Z:1:")]
    [InlineData("a:2026-01-01T00:00:00.0000000Z:1")]
    [InlineData("a\\b:2026-01-01T00\\:00\\:00.0000000Z:1")]
    [InlineData("a:2026-01-01T00\\:00\\:00.0000000Z:1\\")]
    [InlineData("\\nulla:2026-01-01T00\\:00\\:00.0000000Z:1")]
    [InlineData("a:\\null:1")]
    [InlineData("a:2026-01-01T00\\:00\\:00.0000000Z:\\null")]
    public void What_is_no_cursor_of_the_order_is_refused(string keys)
    {
        var cursor = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{{Order.Identity}}}{keys}"));

        Assert.Null(PageCursor.Decode(Order, cursor));
    }

    private static IEnumerable<Row> Rows()
    {
        var random = new Random(Seed);
        string[] parts = ["", "plain", ":", "\\", "\\null", "é", "日本", "😀", "\0", new string('x', 300)];
        for (var i = 0; i < 2000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => parts[random.Next(parts.Length)]));
            yield return new Row(random.Next(9) == 0 ? null : name, new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc), random.NextInt64());
        }
    }

    private static string Escape(string? value) => value is null
        ? "\\null"
        : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private sealed record Row(string? Name, DateTime Date, long Id);
}
