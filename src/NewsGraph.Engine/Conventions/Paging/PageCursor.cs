using System.Text;
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
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode<T>(SortOrder<T> order, T item)
    {
        var text = new StringBuilder(Start(order));
        var separator = "";
        foreach (var value in order.PositionOf(item))
        {
            text.Append(separator).Append(value is null
                ? Null
                : SortKeyText.Format(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal));
            separator = ":";
        }

        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The values in a cursor; null when it is none, or one of another order.</summary>
    public static IReadOnlyList<object?>? Decode<T>(SortOrder<T> order, string cursor)
    {
        var start = Start(order);
        if (Text(cursor) is not { } text || !text.StartsWith(start, StringComparison.Ordinal) ||
            Split(text[start.Length..]) is not { } parts || parts.Count != order.Keys.Count)
        {
            return null;
        }

        var position = new object?[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            var key = order.Keys[i];
            position[i] = parts[i] is { } part ? SortKeyText.Parse(part, key.ValueType) : null;
            if (position[i] is null && (parts[i] is not null || !key.IsNullable))
            {
                return null;
            }
        }

        return position;
    }

    private static string Start<T>(SortOrder<T> order) => $"{{{order.Identity}}}";

    private static string? Text(string cursor)
    {
        var bytes = new byte[cursor.Length];
        if (cursor.Length > MaxLength || !Convert.TryFromBase64String(cursor, bytes, out var length))
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The parts between unescaped colons; null for an escape that is none.</summary>
    private static List<string?>? Split(string text)
    {
        var parts = new List<string?>();
        var part = new StringBuilder();
        var isNull = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ':')
            {
                if (isNull && part.Length > 0)
                {
                    return null;
                }

                parts.Add(isNull ? null : part.ToString());
                part.Clear();
                isNull = false;
            }
            else if (text[i] != '\\')
            {
                part.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] is (':' or '\\'))
            {
                part.Append(text[++i]);
            }
            else if (part.Length == 0 && string.CompareOrdinal(text, i, Null, 0, Null.Length) == 0)
            {
                isNull = true;
                i += Null.Length - 1;
            }
            else
            {
                return null;
            }
        }

        return parts;
    }
}
