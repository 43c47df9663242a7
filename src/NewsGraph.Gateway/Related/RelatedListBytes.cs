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
    public static List<RelatedPost>? Read(byte[] bytes, int limit)
    {
        var at = 0;
        SkipLabels(bytes, ref at);
        var count = (int)ReadNumber(bytes, ref at);
        if (limit > count && count >= RelatedList.Kept)
        {
            return null;
        }

        var reasons = new StoredReasons(bytes);
        var posts = new List<RelatedPost>(Math.Min(limit, count));
        while (posts.Count < Math.Min(limit, count))
        {
            var article = (long)ReadNumber(bytes, ref at);
            var score = ReadNumber(bytes, ref at) / ScoreParts;
            posts.Add(new RelatedPost(article, score, reasons, at));
            for (var chosen = ReadNumber(bytes, ref at); chosen > 0; chosen--)
            {
                ReadNumber(bytes, ref at);
            }
        }

        return posts;
    }

    /// <summary>A list's reasons, whoever has them.</summary>
    /// <param name="bytes">The list.</param>
    public static RelatedReason[] ReadLabels(byte[] bytes)
    {
        var at = 0;
        var reasons = new RelatedReason[(int)ReadNumber(bytes, ref at)];
        for (var i = 0; i < reasons.Length; i++)
        {
            var length = (int)ReadNumber(bytes, ref at);
            reasons[i] = new RelatedReason(RelatedReasonKind.SharedTag, Encoding.UTF8.GetString(bytes, at, length));
            at += length;
        }

        return reasons;
    }

    /// <summary>The reasons of one post.</summary>
    /// <param name="bytes">The list.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="all">The reasons of the list.</param>
    public static RelatedReason[] ReadChosen(byte[] bytes, int at, RelatedReason[] all)
    {
        var chosen = new RelatedReason[(int)ReadNumber(bytes, ref at)];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = all[(int)ReadNumber(bytes, ref at)];
        }

        return chosen;
    }

    private static void SkipLabels(byte[] bytes, ref int at)
    {
        for (var count = ReadNumber(bytes, ref at); count > 0; count--)
        {
            var length = (int)ReadNumber(bytes, ref at);
            at += length;
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Write([(byte)(value | 0x80)]);
        }

        bytes.Write([(byte)value]);
    }

    private static ulong ReadNumber(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>The reasons of a stored list, read when somebody asks for them: most pages show the articles alone.</summary>
/// <param name="bytes">The list.</param>
internal sealed class StoredReasons(byte[] bytes)
{
    private RelatedReason[] All => field ??= RelatedListBytes.ReadLabels(bytes);

    /// <summary>The reasons of one post.</summary>
    /// <param name="start">Where they begin.</param>
    public RelatedReason[] Read(int start) => RelatedListBytes.ReadChosen(bytes, start, All);
}
