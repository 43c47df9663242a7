using System.Text;
using System.Text.Json;
using NewsGraph.Engine.Execution.Json;

namespace NewsGraph.Tests.Execution;

public sealed class JsonTextTests
{
    private const int Seed = 20261126;

    [Fact]
    public void Every_character_is_written_as_by_the_platform()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            AssertSame($"a{(char)code}b");
        }
    }

    [Fact]
    public void Texts_of_all_kinds_of_characters_are_written_as_by_the_platform()
    {
        var random = new Random(Seed);
        string[] parts = ["plain text", "\"", "\\", "\n", "\r\n", "\t", "\u0001", "\u007f", "é", "ß’“”", "\u2028", "日本", "😀", "\ud83d", "\ude00", "\ufeff", "<a href=\"x\">&'+</a>", "\ue000"];
        for (var round = 0; round < 5000; round++)
        {
            var text = new StringBuilder();
            for (var count = random.Next(8); count > 0; count--)
            {
                text.Append(parts[random.Next(parts.Length)]);
            }

            AssertSame(text.ToString());
        }
    }

    [Fact]
    public void What_is_escaped_is_found_at_every_place()
    {
        foreach (var escaped in new[] { '"', '\\', '\u0000', '\u001f', '\u007f', '\u0085', '\u2028' })
        {
            for (var length = 0; length < 70; length++)
            {
                AssertSame(new string('x', length) + escaped + new string('y', 69 - length));
                AssertSame(new string('ö', length) + escaped + "é");
            }
        }
    }

    [Fact]
    public void A_text_that_needs_more_room_than_usual_is_written_whole() => AssertSame(new string('\u0001', 5000));

    [Fact]
    public void Numbers_are_written_as_by_the_platform()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 5000; round++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(number))
            {
                AssertSame(buffer => buffer.Number(number), json => json.WriteNumberValue(number));
            }

            var whole = random.NextInt64(long.MinValue, long.MaxValue);
            AssertSame(buffer => buffer.Number(whole), json => json.WriteNumberValue(whole));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_written_as_by_the_platform()
    {
        foreach (byte[] bytes in new byte[][] { [0x61, 0xFF, 0x62], [0xC3], [0xE2, 0x82], [0x80, 0x22], [0xF0, 0x9F, 0x98, 0x41] })
        {
            AssertSame(buffer => buffer.String(bytes), json => json.WriteStringValue(bytes));
        }
    }

    [Fact]
    public void Bytes_of_any_kind_at_any_place_are_written_as_by_the_platform()
    {
        var random = new Random(Seed);
        byte[] parts = [0x00, 0x22, 0x41, 0x5C, 0x7F, 0x80, 0xA0, 0xBF, 0xC0, 0xC3, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xFF];
        string[] characters = ["x", "ö", "“", "日", "\u2028", "\u07ff", "\u0800", "\uffff", "plain"];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => characters[random.Next(characters.Length)])));
            if (round % 2 == 0)
            {
                bytes[random.Next(bytes.Length)] = parts[random.Next(parts.Length)];
            }

            AssertSame(buffer => buffer.String(bytes), json => json.WriteStringValue(bytes));
        }
    }

    private static void AssertSame(string text)
    {
        AssertSame(buffer => buffer.String(text), json => json.WriteStringValue(text));
        var bytes = Encoding.UTF8.GetBytes(text);
        AssertSame(buffer => buffer.String(bytes), json => json.WriteStringValue(bytes));
    }

    private static void AssertSame(Action<JsonBuffer> ours, Action<Utf8JsonWriter> theirs)
    {
        using var expected = new MemoryStream();
        using (var json = new Utf8JsonWriter(expected, new JsonWriterOptions { Encoder = JsonBuffer.Encoder }))
        {
            theirs(json);
        }

        using var buffer = new JsonBuffer(size: 16);
        ours(buffer);
        if (!buffer.Written.Span.SequenceEqual(expected.ToArray()))
        {
            Assert.Equal(Encoding.UTF8.GetString(expected.ToArray()), Encoding.UTF8.GetString(buffer.Written.Span));
        }
    }
}
