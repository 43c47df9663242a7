using System.Buffers;
using System.Numerics;

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
        var ordered = InOrder(tags);
        var ranked = new List<RelatedPost>(best.Count);
        foreach (var tally in best)
        {
            ranked.Add(new RelatedPost(tally.ArticleId, tally.Score, Reasons(tally.ArticleId, ordered)));
        }

        return ranked;
    }

    /// <summary>Tags as reasons name them: the weightiest first.</summary>
    public static IReadOnlyList<CarriedTag> InOrder(IReadOnlyList<CarriedTag> tags) =>
        [.. tags.OrderByDescending(tag => tag.Weight).ThenBy(tag => tag.Name, StringComparer.Ordinal)];

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
        // Where each candidate's tally is, plus one, found by the candidate's key: open addressing, at most half full.
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * tags.Sum(tag => tag.Articles.Count)));
        var rented = ArrayPool<int>.Shared.Rent(size);
        var places = rented.AsSpan(0, size);
        places.Clear();
        var count = 0;
        foreach (var tag in tags)
        {
            var (ids, times) = (tag.Articles.Ids, tag.Articles.Times);
            for (var i = 0; i < ids.Length; i++)
            {
                var id = ids[i];
                if (id == articleId)
                {
                    continue;
                }

                ref var place = ref Find(places, tallies, id);
                if (place == 0)
                {
                    tallies[count++] = new Tally { ArticleId = id, PublishedAt = times[i] };
                    place = count;
                }

                tallies[place - 1].Score += tag.Weight;
            }
        }

        ArrayPool<int>.Shared.Return(rented);
        return count;
    }

    private static ref int Find(Span<int> places, Tally[] tallies, long id)
    {
        // The upper bits of a product with an odd constant spread keys that follow each other.
        var at = (int)(((ulong)id * 0x9E3779B97F4A7C15) >> 33) & (places.Length - 1);
        while (places[at] is var place && place != 0 && tallies[place - 1].ArticleId != id)
        {
            at = (at + 1) & (places.Length - 1);
        }

        return ref places[at];
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

    private static List<RelatedReason> Reasons(long articleId, IReadOnlyList<CarriedTag> ordered)
    {
        var reasons = new List<RelatedReason>();
        foreach (var tag in ordered)
        {
            if (tag.Articles.Ids.AsSpan().Contains(articleId))
            {
                reasons.Add(tag.Reason);
            }
        }

        return reasons;
    }

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

    public RelatedReason Reason { get; } = new(RelatedReasonKind.SharedTag, Name);
}

/// <summary>The newest public articles of a tag, their keys and times apart so that each can be searched fast.</summary>
/// <param name="Ids">Their keys.</param>
/// <param name="Times">When each was published, in ticks.</param>
internal sealed record TaggedArticles(long[] Ids, long[] Times)
{
    public static TaggedArticles None { get; } = new([], []);

    public int Count => Ids.Length;
}
