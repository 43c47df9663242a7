using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace NewsGraph.Benchmarks.Reading.Limits;

/// <summary>Values as the gateway writes them.</summary>
internal static class Values
{
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Slug = JsonEncodedText.Encode("slug");
    public static readonly JsonEncodedText Title = JsonEncodedText.Encode("title");
    public static readonly JsonEncodedText Standfirst = JsonEncodedText.Encode("standfirst");
    public static readonly JsonEncodedText PublishedAt = JsonEncodedText.Encode("publishedAt");
    public static readonly JsonEncodedText Tags = JsonEncodedText.Encode("tags");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Nodes = JsonEncodedText.Encode("nodes");

    public static void WriteId(this Utf8JsonWriter json, ReadOnlySpan<byte> type, long id)
    {
        Span<byte> text = stackalloc byte[40];
        type.CopyTo(text);
        text[type.Length] = (byte)':';
        Utf8Formatter.TryFormat(id, text[(type.Length + 1)..], out var digits);
        json.WriteBase64String(Id, text[..(type.Length + 1 + digits)]);
    }

    public static void WriteTime(this Utf8JsonWriter json, JsonEncodedText name, long microseconds) => json.WriteString(name, Time(microseconds));

    public static void WriteText(this Utf8JsonWriter json, JsonEncodedText name, SqliteDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, row.GetString(column));
        }
    }

    public static DateTime Time(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * 10);

    /// <summary>The gateway's cursor of an article in a list by the time it was published.</summary>
    public static byte[] Cursor(string order, long microseconds, long id) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{{{order}}}{Time(microseconds).ToString("O", CultureInfo.InvariantCulture).Replace(":", "\\:", StringComparison.Ordinal)}:{id}"));
}
