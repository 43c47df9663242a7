using System.ComponentModel;

namespace NewsGraph.Gateway.Related;

/// <summary>An article chosen for another, and why.</summary>
public sealed class RelatedPost
{
    private readonly StoredReasons? _stored;
    private readonly int _start;

    /// <param name="articleId">The chosen article.</param>
    /// <param name="score">How close it is; larger is closer. Comparable within one list only.</param>
    /// <param name="reasons">Why it was chosen, the weightiest first; never empty.</param>
    public RelatedPost(long articleId, double score, IReadOnlyList<RelatedReason> reasons) => (ArticleId, Score, Reasons) = (articleId, score, reasons);

    /// <param name="articleId">The chosen article.</param>
    /// <param name="score">How close it is.</param>
    /// <param name="stored">The reasons of its list.</param>
    /// <param name="start">Where its own begin.</param>
    internal RelatedPost(long articleId, double score, StoredReasons stored, int start) =>
        (ArticleId, Score, _stored, _start) = (articleId, score, stored, start);

    /// <summary>The chosen article.</summary>
    public long ArticleId { get; }

    /// <summary>How close it is; larger is closer. Comparable within one list only.</summary>
    public double Score { get; }

    /// <summary>Why it was chosen, the weightiest first; never empty.</summary>
    public IReadOnlyList<RelatedReason> Reasons => field ??= _stored!.Read(_start);
}

/// <summary>One reason for which an article was chosen.</summary>
/// <param name="Kind">The sort of reason.</param>
/// <param name="Label">The reason in words for readers: for a shared tag, its name.</param>
public sealed record RelatedReason(RelatedReasonKind Kind, string Label);

/// <summary>Sorts of reason.</summary>
public enum RelatedReasonKind
{
    [Description("Both articles carry the tag that the label names.")]
    SharedTag,
}
