using System.Text;

namespace NewsGraph.Load.Generate;

/// <summary>Writes the comments of one article after the other.</summary>
internal sealed class Threads(Words words)
{
    private long _lastId;
    private double _repliesDue;

    public List<GeneratedComment> Write(Dice dice, int count, DateTime from)
    {
        var comments = new List<GeneratedComment>(count);
        var answerable = new List<GeneratedComment>(count);
        var at = from;
        for (var i = 0; i < count; i++)
        {
            // What an article's first comment cannot be, a later one is in its place.
            _repliesDue += Workload.ShareOfReplies;
            var parent = answerable.Count > 0 && dice.Share() < _repliesDue ? dice.Pick(answerable) : null;
            _repliesDue -= parent is null ? 0 : 1;
            at += TimeSpan.FromSeconds(dice.Between(1, 900));
            var comment = new GeneratedComment(++_lastId, parent?.Id ?? 0, (parent?.Depth ?? 0) + 1, words.Name(dice, 2), at, Body(dice));
            comments.Add(comment);
            if (comment.Depth < Workload.Deepest)
            {
                answerable.Add(comment);
            }
        }

        return comments;
    }

    private string Body(Dice dice)
    {
        var body = new StringBuilder();
        for (var sentences = dice.Between(1, 4); sentences > 0; sentences--)
        {
            words.Sentence(body, dice, dice.Between(5, 16));
            body.Append(sentences == 1 ? "" : dice.Below(6) == 0 ? "\n\n" : " ");
        }

        return body.ToString();
    }
}
