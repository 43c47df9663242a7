namespace NewsGraph.Gateway.Related;

/// <summary>
/// Ranks candidates by the tags they share with an article. A shared tag counts the more the fewer articles carry it
/// (1 / ln(1 + articles), after Adamic and Adar); equal scores go to the newer article.
/// </summary>
internal static class SharedTagRanking
{
    /// <summary>The best candidates, best first; never the article itself, none twice.</summary>
    /// <param name="articleId">The article.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="candidates">For each of its tags, articles that carry it.</param>
    /// <param name="limit">How many at most.</param>
    public static List<RelatedPost> Rank(
        long articleId, IEnumerable<WeighedTag> tags, ILookup<long, Candidate> candidates, int limit)
    {
        var found = new Dictionary<long, Tally>();
        foreach (var tag in tags)
        {
            foreach (var candidate in candidates[tag.Id])
            {
                if (candidate.ArticleId == articleId)
                {
                    continue;
                }

                if (!found.TryGetValue(candidate.ArticleId, out var tally))
                {
                    found.Add(candidate.ArticleId, tally = new Tally(candidate));
                }

                tally.Score += tag.Weight;
                tally.Tags.Add(tag);
            }
        }

        // Rounded before they are compared: sums of the same weights in another order differ in their last bit.
        return [.. found.Values
            .OrderByDescending(t => t.RoundedScore)
            .ThenByDescending(t => t.Candidate.PublishedAt)
            .ThenByDescending(t => t.Candidate.ArticleId)
            .Take(limit)
            .Select(t => new RelatedPost(
                t.Candidate.ArticleId,
                t.RoundedScore,
                [.. t.Tags.OrderByDescending(tag => tag.Weight).ThenBy(tag => tag.Name, StringComparer.Ordinal)
                    .Select(tag => new RelatedReason(RelatedReasonKind.SharedTag, tag.Name))]))];
    }

    /// <summary>A tag and what sharing it is worth.</summary>
    internal sealed record WeighedTag(long Id, string Name, int ArticleCount)
    {
        public double Weight { get; } = 1 / Math.Log(1 + Math.Max(2, ArticleCount));
    }

    /// <summary>An article that carries a tag.</summary>
    internal sealed record Candidate(long TagId, long ArticleId, DateTime? PublishedAt);

    private sealed class Tally(Candidate candidate)
    {
        public Candidate Candidate { get; } = candidate;

        public double Score { get; set; }

        public double RoundedScore => Math.Round(Score, 6);

        public List<WeighedTag> Tags { get; } = [];
    }
}
