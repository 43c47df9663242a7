using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace NewsGraph.Gateway.Feeds;

/// <summary>
/// A place in a feed, as clients keep it: opaque text holding the database's epoch, the feed and the number. The epoch
/// tells a cursor of a restored or replaced database from one of this.
/// </summary>
public readonly record struct FeedPosition(Guid Epoch, string Feed, long Number)
{
    /// <summary>Longer text is no position of ours.</summary>
    public const int MaxLength = 256;

    /// <summary>The text a client gets.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Epoch:N}|{Feed}|{Number}")));

    /// <summary>Reads a client's text; false when it is none of ours.</summary>
    public static bool TryParse(string? text, out FeedPosition position)
    {
        position = default;
        if (text is null or { Length: 0 or > MaxLength })
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(bytes[..written]).Split('|');
        if (parts.Length != 3
            || !Guid.TryParseExact(parts[0], "N", out var epoch)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        // One position has one text: no other spelling of it (spaces, leading zeros, capitals) is ours.
        var read = new FeedPosition(epoch, parts[1], number);
        if (!read.ToString().Equals(text, StringComparison.Ordinal))
        {
            return false;
        }

        position = read;
        return true;
    }
}
