using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace NewsGraph.Gateway.Drill;

/// <summary>
/// What all know together: small numbers in place of long positions, and when each comment was first sent. Safe for
/// concurrent use.
/// </summary>
internal sealed class EventBook
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _sent = new();
    private readonly string _start = $"Drill {Guid.NewGuid():N}, comment ";
    private int _last = -1;

    /// <summary>The text of a comment of this drill.</summary>
    public string TextOf(int comment) => _start + comment.ToString(CultureInfo.InvariantCulture);

    /// <summary>The comment with a text; null when it is none of this drill.</summary>
    public int? CommentOf(string? text) =>
        text is not null && text.StartsWith(_start, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(_start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var comment)
            ? comment
            : null;

    /// <summary>Notes that a comment is being sent for the first time.</summary>
    public void Sending(int comment) => _sent[comment] = Stopwatch.GetTimestamp();

    /// <summary>How long ago a comment was sent for the first time; null for one that is not ours.</summary>
    public TimeSpan? Age(string? text) =>
        CommentOf(text) is { } comment && _sent.TryGetValue(comment, out var sent) ? Stopwatch.GetElapsedTime(sent) : null;

    /// <summary>The number for a position, the same for all who ask.</summary>
    public int NumberOf(string position) => _numbers.GetOrAdd(position, _ => Interlocked.Increment(ref _last));

    /// <summary>For each number its place in the feed; -1 for a position that the feed does not have.</summary>
    public int[] Places(IEnumerable<string> feed)
    {
        var placeOf = feed.Select((position, place) => (position, place)).ToDictionary(p => p.position, p => p.place, StringComparer.Ordinal);
        var places = new int[_last + 1];
        Array.Fill(places, -1);
        foreach (var (position, number) in _numbers)
        {
            places[number] = placeOf.GetValueOrDefault(position, -1);
        }

        return places;
    }
}
