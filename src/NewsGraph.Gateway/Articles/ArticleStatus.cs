using System.ComponentModel;

namespace NewsGraph.Gateway.Articles;

/// <summary>Where an article stands, in WordPress's terms. Readers see <see cref="Published"/> alone.</summary>
public enum ArticleStatus
{
    [Description("Being written; readers do not see it.")]
    Draft = 0,

    [Description("Waiting for an editor's review; readers do not see it.")]
    Pending = 1,

    [Description("Will be published at its publish date; readers do not see it yet.")]
    Scheduled = 2,

    [Description("Public.")]
    Published = 3,

    [Description("Only for the newsroom.")]
    Private = 4,

    [Description("Withdrawn; readers do not see it any more.")]
    Trash = 5,
}
