using System.Linq.Expressions;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Related;

/// <summary>
/// One number for an article's tags and their revisions: the sum of one for each tag. Revisions only grow, so with the
/// same tags equal sums mean that none has changed; the keys in the upper half tell sets of tags apart.
/// </summary>
internal static class RelatedBasis
{
    private const long KeyUnit = 1L << 32;

    /// <summary>A tag's part of the sum, for the database.</summary>
    public static readonly Expression<Func<Tag, long>> OfTag = tag => (tag.Id * KeyUnit) + tag.Revision;

    /// <summary>A tag's part of the sum.</summary>
    public static long Of(long tagId, long revision) => (tagId * KeyUnit) + revision;
}
