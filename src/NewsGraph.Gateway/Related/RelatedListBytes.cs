using System.Buffers;
using System.Text;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// Ranked posts as bytes: the labels of all reasons once, in their order; then of each post its key, its score and
/// which of the labels are its reasons. About 200 bytes for twenty posts.
/// </summary>
internal static class RelatedListBytes
{
    // Scores are rounded to this many parts, so a whole number keeps them exactly.
    private const double ScoreParts = 1e6;

    /// <summary>The posts as bytes.</summary>
    /// <param name="posts">The posts, best first.</param>
    /// <param name="labels">The labels of their reasons, in the order in which every post has those of its own.</param>
    public static byte[] Write(IReadOnlyList<RelatedPost> posts, IReadOnlyList<string> labels)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        WriteNumber(bytes, (ulong)labels.Count);
        foreach (var label in labels)
        {
            WriteNumber(bytes, (ulong)Encoding.UTF8.GetByteCount(label));
            Encoding.UTF8.GetBytes(label, bytes);
        }

        WriteNumber(bytes, (ulong)posts.Count);
        foreach (var post in posts)
        {
            WriteNumber(bytes, (ulong)post.ArticleId);
            WriteNumber(bytes, (ulong)Math.Round(post.Score * ScoreParts));
            WriteNumber(bytes, (ulong)post.Reasons.Count);
            var place = -1;
            foreach (var reason in post.Reasons)
            {
                // Each label behind the one before, as two tags may have the same name.
                while (labels[++place] != reason.Label)
                {
                }

                WriteNumber(bytes, (ulong)place);
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The first posts; null when more are asked for than are kept.</summary>
    public static List<RelatedPost>? Read(ReadOnlySpan<byte> bytes, int limit)
    {
        var reasons = new RelatedReason[(int)ReadNumber(ref bytes)];
        for (var i = 0; i < reasons.Length; i++)
        {
            var length = (int)ReadNumber(ref bytes);
            reasons[i] = new RelatedReason(RelatedReasonKind.SharedTag, Encoding.UTF8.GetString(bytes[..length]));
            bytes = bytes[length..];
        }

        var count = (int)ReadNumber(ref bytes);
        if (limit > count && count >= RelatedList.Kept)
        {
            return null;
        }

        var posts = new List<RelatedPost>(Math.Min(limit, count));
        while (posts.Count < Math.Min(limit, count))
        {
            var article = (long)ReadNumber(ref bytes);
            var score = ReadNumber(ref bytes) / ScoreParts;
            posts.Add(new RelatedPost(article, score, ReadChosen(reasons, ref bytes)));
        }

        return posts;
    }

    private static RelatedReason[] ReadChosen(RelatedReason[] all, ref ReadOnlySpan<byte> bytes)
    {
        var chosen = new RelatedReason[(int)ReadNumber(ref bytes)];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = all[(int)ReadNumber(ref bytes)];
        }

        return chosen;
    }

    private static void WriteNumber(ArrayBufferWriter<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Write([(byte)(value | 0x80)]);
        }

        bytes.Write([(byte)value]);
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
