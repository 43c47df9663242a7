using System.Buffers;
using System.Runtime.InteropServices;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// Ranks candidates by the tags they share with an article. A shared tag counts the more the fewer articles carry it
/// (1 / ln(1 + articles), after Adamic and Adar); equal scores go to the newer article.
/// </summary>
internal static class SharedTagRanking
{
    private const int Digits = 6;
    private const double LeastDifference = 1e-6;

    /// <summary>The best candidates, best first; never the article itself, none twice.</summary>
    /// <param name="articleId">The article.</param>
    /// <param name="tags">Its tags, each with articles that carry it.</param>
    /// <param name="limit">How many at most.</param>
    public static List<RelatedPost> Rank(long articleId, IReadOnlyList<CarriedTag> tags, int limit)
    {
        if (limit <= 0 || tags.Count == 0)
        {
            return [];
        }

        var best = Best(articleId, tags, limit);
        var ranked = new List<RelatedPost>(best.Count);
        foreach (var tally in best)
        {
            ranked.Add(new RelatedPost(tally.ArticleId, tally.Score, Reasons(tally.ArticleId, tags)));
        }

        return ranked;
    }

    private static List<Tally> Best(long articleId, IReadOnlyList<CarriedTag> tags, int limit)
    {
        var tallies = ArrayPool<Tally>.Shared.Rent(tags.Sum(tag => tag.Articles.Count));
        try
        {
            var best = new List<Tally>(limit + 1);
            foreach (ref var tally in tallies.AsSpan(0, Count(articleId, tags, tallies)))
            {
                // Rounded before they are compared: sums of the same weights in another order differ in their last bit.
                if (best.Count < limit || tally.Score > best[^1].Score - LeastDifference)
                {
                    tally.Score = Math.Round(tally.Score, Digits);
                    Insert(best, tally, limit);
                }
            }

            return best;
        }
        finally
        {
            ArrayPool<Tally>.Shared.Return(tallies);
        }
    }

    /// <summary>Adds up the weights of each candidate's shared tags; how many candidates there are.</summary>
    private static int Count(long articleId, IReadOnlyList<CarriedTag> tags, Tally[] tallies)
    {
        var count = 0;
        var places = new Dictionary<long, int>(tags.Max(tag => tag.Articles.Count));
        foreach (var tag in tags)
        {
            var (ids, times) = (tag.Articles.Ids, tag.Articles.Times);
            for (var i = 0; i < ids.Length; i++)
            {
                if (ids[i] == articleId)
                {
                    continue;
                }

                ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, ids[i], out var known);
                if (!known)
                {
                    place = count++;
                    tallies[place] = new Tally { ArticleId = ids[i], PublishedAt = times[i] };
                }

                tallies[place].Score += tag.Weight;
            }
        }

        return count;
    }

    private static void Insert(List<Tally> best, in Tally tally, int limit)
    {
        var at = best.Count;
        while (at > 0 && IsBetter(tally, best[at - 1]))
        {
            at--;
        }

        best.Insert(at, tally);
        if (best.Count > limit)
        {
            best.RemoveAt(limit);
        }
    }

    private static bool IsBetter(in Tally tally, in Tally other) =>
        tally.Score != other.Score ? tally.Score > other.Score
        : tally.PublishedAt != other.PublishedAt ? tally.PublishedAt > other.PublishedAt
        : tally.ArticleId > other.ArticleId;

    private static List<RelatedReason> Reasons(long articleId, IReadOnlyList<CarriedTag> tags) =>
        [.. tags.Where(tag => tag.Articles.Ids.AsSpan().Contains(articleId))
            .OrderByDescending(tag => tag.Weight)
            .ThenBy(tag => tag.Name, StringComparer.Ordinal)
            .Select(tag => new RelatedReason(RelatedReasonKind.SharedTag, tag.Name))];

    private struct Tally
    {
        public long ArticleId;
        public long PublishedAt;
        public double Score;
    }
}

/// <summary>A tag of an article: what sharing it is worth, and the articles that do.</summary>
internal sealed record CarriedTag(string Name, int ArticleCount, TaggedArticles Articles)
{
    public double Weight { get; } = 1 / Math.Log(1 + Math.Max(2, ArticleCount));
}

/// <summary>The newest public articles of a tag, their keys and times apart so that each can be searched fast.</summary>
/// <param name="Ids">Their keys.</param>
/// <param name="Times">When each was published, in ticks.</param>
internal sealed record TaggedArticles(long[] Ids, long[] Times)
{
    public static TaggedArticles None { get; } = new([], []);

    public int Count => Ids.Length;
}
