using System.Globalization;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>The dates of an export, in UTC. WordPress writes zeros for "none".</summary>
internal static class WxrDates
{
    /// <summary>When an item was published or written; null when it does not say.</summary>
    public static DateTime? Of(WxrItem item) => Parse(item.PostDateGmt) ?? ParseRss(item.PubDate) ?? Parse(item.PostDate);

    /// <summary>When a comment was written; null when it does not say.</summary>
    public static DateTime? Of(WxrComment comment) => Parse(comment.DateGmt) ?? Parse(comment.Date);

    public static DateTime? Parse(string text) =>
        DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd HH:mm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    private static DateTime? ParseRss(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1
            ? time.UtcDateTime
            : null;
}
