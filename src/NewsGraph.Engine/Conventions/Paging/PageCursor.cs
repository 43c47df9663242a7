using System.Buffers;
using System.Text;
using System.Text.Unicode;
using NewsGraph.Engine.Conventions.Sorting;

namespace NewsGraph.Engine.Conventions.Paging;

/// <summary>
/// Cursors: the order's identity in braces and the sort keys' values of an item joined by <c>:</c>, in Base64. A backslash
/// escapes a colon or another backslash in a value, and <c>\null</c> is null. Opaque to clients.
/// </summary>
internal static class PageCursor
{
    private const string Null = "\\null";

    // A text of 2,000 bytes to sort by, all of it escaped, and the rest of the keys.
    private const int MaxLength = 6144;
    private const int OnStack = 256;

    public static string Encode<T>(SortOrder<T> order, T item)
    {
        var rented = ArrayPool<byte>.Shared.Rent(OnStack);
        try
        {
            var length = Encoding.UTF8.GetBytes(order.CursorStart, rented);
            for (var i = 0; i < order.Keys.Count; i++)
            {
                var value = order.Keys[i].Read(item);
                Ensure(ref rented, length, 1 + (value is string text ? Encoding.UTF8.GetMaxByteCount(text.Length) * 2 : SortKeyText.MaxBytes));
                if (i > 0)
                {
                    rented[length++] = (byte)':';
                }

                length += Write(value, rented.AsSpan(length));
            }

            return Convert.ToBase64String(rented, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The values in a cursor; null when it is none, or one of another order.</summary>
    public static IReadOnlyList<object?>? Decode<T>(SortOrder<T> order, string cursor)
    {
        if (cursor.Length > MaxLength)
        {
            return null;
        }

        Span<byte> bytes = cursor.Length <= OnStack ? stackalloc byte[OnStack] : new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length) || !Utf8.IsValid(bytes[..length]))
        {
            return null;
        }

        Span<char> text = length <= OnStack ? stackalloc char[OnStack] : new char[length];
        text = text[..Encoding.UTF8.GetChars(bytes[..length], text)];
        return text.StartsWith(order.CursorStart) ? Values(order, text[order.CursorStart.Length..]) : null;
    }

    private static object?[]? Values<T>(SortOrder<T> order, Span<char> text)
    {
        var position = new object?[order.Keys.Count];
        for (var i = 0; i < position.Length; i++)
        {
            var key = order.Keys[i];
            if (!TryTake(ref text, isLast: i == position.Length - 1, out var part, out var isNull))
            {
                return null;
            }

            position[i] = isNull ? null : SortKeyText.Parse(part, key.ValueType);
            if (position[i] is null && (!isNull || !key.IsNullable))
            {
                return null;
            }
        }

        return position;
    }

    /// <summary>Takes a value from the front of a text, without its escapes; false for an escape that is none, or when it is not the last.</summary>
    private static bool TryTake(ref Span<char> text, bool isLast, out ReadOnlySpan<char> part, out bool isNull)
    {
        var length = 0;
        var i = 0;
        isNull = text.StartsWith(Null);
        if (isNull)
        {
            i = Null.Length;
        }

        for (; i < text.Length && text[i] != ':'; i++)
        {
            if (text[i] == '\\' && (++i == text.Length || text[i] is not (':' or '\\')))
            {
                part = default;
                return false;
            }

            text[length++] = text[i];
        }

        part = text[..length];
        var isEnd = i == text.Length;
        text = isEnd ? [] : text[(i + 1)..];
        return isEnd == isLast && !(isNull && length > 0);
    }

    private static int Write(object? value, Span<byte> target)
    {
        int length;
        switch (value)
        {
            case null:
                return Encoding.UTF8.GetBytes(Null, target);
            case string text:
                length = Encoding.UTF8.GetBytes(text, target);
                break;
            default:
                SortKeyText.TryFormat(value, target, out length);
                break;
        }

        return Escape(target, length);
    }

    // From the end, so that nothing is overwritten that is still to be moved.
    private static int Escape(Span<byte> text, int length)
    {
        var escapes = text[..length].Count((byte)':') + text[..length].Count((byte)'\\');
        var to = length + escapes;
        for (var from = length; to > from;)
        {
            var letter = text[--from];
            text[--to] = letter;
            if (letter is (byte)':' or (byte)'\\')
            {
                text[--to] = (byte)'\\';
            }
        }

        return length + escapes;
    }

    private static void Ensure(ref byte[] rented, int length, int more)
    {
        if (rented.Length - length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(length + more);
        rented.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented);
        rented = larger;
    }
}
