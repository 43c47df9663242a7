using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsGraph.Engine.Execution.Json;

/// <summary>JSON on its way to the client: UTF-8 in a pooled array that can be cut back. Serves one result at a time.</summary>
internal sealed class JsonBuffer : IBufferWriter<byte>, IDisposable
{
    public const int DefaultSize = 8 * 1024;

    /// <summary>What is escaped: as little as JSON allows.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions Compact = new() { Encoder = Encoder, SkipValidation = true };

    private byte[] _bytes;
    private int _length;
    private Utf8JsonWriter? _writer;

    public JsonBuffer(int size = DefaultSize) => _bytes = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>How many bytes are written.</summary>
    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Takes back what was written behind a position.</summary>
    /// <param name="length">The position.</param>
    public void Truncate(int length) => _length = length;

    public void Byte(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[_length++] = value;
    }

    /// <summary>Writes bytes that are JSON already.</summary>
    /// <param name="json">The bytes.</param>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Space(json.Length));
        _length += json.Length;
    }

    public void Number(int value) => Number((long)value);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Space(20), out var written);
        _length += written;
    }

    public void Number(double value)
    {
        Utf8Formatter.TryFormat(value, Space(128), out var written);
        _length += written;
    }

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Null() => Raw("null"u8);

    /// <summary>Writes a text with quotes.</summary>
    /// <param name="text">The text.</param>
    public void String(string text)
    {
        // One character takes three bytes at most, or six where it is escaped, which is rare enough to ask again.
        var space = Space((text.Length * 3) + 2);
        if (JsonText.TryWrite(text, space, out var written))
        {
            _length += written;
            return;
        }

        var writer = Writer();
        writer.WriteStringValue(text);
        writer.Flush();
    }

    /// <summary>Writes a text with quotes.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    public void String(ReadOnlySpan<byte> utf8)
    {
        // Few characters are escaped, most of them to two bytes; a text of many others is asked again.
        var space = Space((utf8.Length * 2) + 2);
        if (JsonText.TryWrite(utf8, space, out var written))
        {
            _length += written;
            return;
        }

        var writer = Writer();
        writer.WriteStringValue(utf8);
        writer.Flush();
    }

    /// <summary>Writes what a scalar serialized to.</summary>
    /// <param name="value">The value.</param>
    public void Value(object? value)
    {
        var writer = Writer();
        JsonValues.Write(writer, value);
        writer.Flush();
    }

    /// <summary>A writer that adds to the buffer; dispose of it before anything else is written.</summary>
    public Utf8JsonWriter NewWriter() => new(this, Compact);

    /// <summary>Room for at least so many bytes; say with <see cref="Advance"/> how many were used.</summary>
    /// <param name="size">How many.</param>
    public Span<byte> Space(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Space(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Space(Math.Max(sizeHint, 1));

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            _length = 0;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private Utf8JsonWriter Writer()
    {
        _writer ??= NewWriter();
        _writer.Reset();
        return _writer;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_bytes.Length * 2, _length + size)));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
