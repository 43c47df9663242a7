using System.ComponentModel;

namespace NewsGraph.Gateway.Related;

/// <summary>An article chosen for another, and why.</summary>
/// <param name="ArticleId">The chosen article.</param>
/// <param name="Score">How close it is; larger is closer. Comparable within one list only.</param>
/// <param name="Reasons">Why it was chosen, the weightiest first; never empty.</param>
public sealed record RelatedPost(long ArticleId, double Score, IReadOnlyList<RelatedReason> Reasons);

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
