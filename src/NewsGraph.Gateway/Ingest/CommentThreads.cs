using System.Globalization;
using NewsGraph.Gateway.Comments;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>A comment of an export at its place in the thread.</summary>
internal sealed class ThreadedComment
{
    public required string Key { get; init; }

    public required WrittenArticle Owner { get; init; }

    public required WxrComment Source { get; init; }

    public ThreadedComment? Parent { get; set; }

    public int Depth { get; set; }

    /// <summary>The row, once it is found or made.</summary>
    public Comment? Row { get; set; }
}

/// <summary>Threads an item's comments, which may come in any order and name parents that are not taken over.</summary>
internal static class CommentThreads
{
    public static List<ThreadedComment> Of(WrittenArticle owner, ImportCount count)
    {
        var all = new Dictionary<long, WxrComment>();
        var kept = new Dictionary<long, ThreadedComment>();
        var threaded = new List<ThreadedComment>();
        var unnumbered = 0;
        foreach (var source in owner.Post.Item.Comments)
        {
            if (source.Id > 0 && !all.TryAdd(source.Id, source))
            {
                count.Skip("listed twice");
            }
            else if (source.Type is not ("" or "comment"))
            {
                count.Skip(source.Type);
            }
            else
            {
                var number = source.Id > 0 ? source.Id.ToString(CultureInfo.InvariantCulture) : $"unnumbered-{++unnumbered}";
                var comment = new ThreadedComment { Key = $"{owner.Article.ImportKey}|comment:{number}", Owner = owner, Source = source };
                threaded.Add(comment);
                if (source.Id > 0)
                {
                    kept.Add(source.Id, comment);
                }
            }
        }

        foreach (var comment in threaded)
        {
            comment.Parent = NearestAncestor(comment.Source, all, kept);
        }

        threaded.ForEach(BreakCircle);
        threaded.ForEach(c => c.Depth = DepthOf(c));
        return threaded;
    }

    private static ThreadedComment? NearestAncestor(WxrComment source, Dictionary<long, WxrComment> all, Dictionary<long, ThreadedComment> kept)
    {
        var id = source.ParentId;
        for (var steps = 0; id > 0 && id != source.Id && steps <= all.Count; steps++)
        {
            if (kept.TryGetValue(id, out var parent))
            {
                return parent;
            }

            id = all.TryGetValue(id, out var skipped) ? skipped.ParentId : 0;
        }

        return null;
    }

    // A comment cannot answer its own answer; where a file says so, the thread begins with the first of them.
    private static void BreakCircle(ThreadedComment comment)
    {
        var seen = new HashSet<ThreadedComment>();
        for (var at = comment; at is not null; at = at.Parent)
        {
            if (at.Depth > 0)
            {
                break;
            }

            if (!seen.Add(at))
            {
                comment.Parent = null;
                break;
            }
        }

        // Known to end: later walks may stop here.
        comment.Depth = 1;
    }

    private static int DepthOf(ThreadedComment comment)
    {
        var depth = 1;
        for (var at = comment.Parent; at is not null; at = at.Parent)
        {
            depth++;
        }

        return depth;
    }
}
