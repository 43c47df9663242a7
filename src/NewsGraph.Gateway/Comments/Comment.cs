using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;

namespace NewsGraph.Gateway.Comments;

/// <summary>Where a comment stands, in WordPress's terms. Readers see <see cref="Approved"/> alone.</summary>
public enum CommentStatus
{
    Approved = 0,
    Pending = 1,
    Spam = 2,
    Trash = 3,
}

/// <summary>A reader's comment. All times are UTC.</summary>
public sealed class Comment
{
    /// <summary>What a reader may see.</summary>
    public static readonly Expression<Func<Comment, bool>> IsPublic = c => c.Status == CommentStatus.Approved;

    public long Id { get; set; }

    public long ArticleId { get; set; }

    /// <summary>The comment this one answers; null at the top level.</summary>
    public long? ParentId { get; set; }

    /// <summary>1 at the top level, one more for each answer.</summary>
    public int Depth { get; set; } = 1;

    public CommentStatus Status { get; set; }

    /// <summary>Who the comment is for the importer, unique; null for one posted here.</summary>
    [NotServed]
    public string? ImportKey { get; set; }

    public required string AuthorName { get; set; }

    /// <summary>Private: in no filter, sort, log, event or public answer.</summary>
    [NotServed]
    public string? AuthorEmail { get; set; }

    [ReadOnDemand(nameof(StoredAuthorUrl))]
    public string? AuthorUrl
    {
        get => StoredAuthorUrl.ToText();
        set => StoredAuthorUrl = value;
    }

    /// <summary>Private, like the email.</summary>
    [NotServed]
    public string? AuthorAddress { get; set; }

    /// <summary>Sanitized HTML.</summary>
    [ReadOnDemand(nameof(StoredBody))]
    public required string Body
    {
        get => StoredBody.ToText()!;
        set => StoredBody = value;
    }

    [ReadOnDemand(nameof(StoredBodyText))]
    public required string BodyText
    {
        get => StoredBodyText.ToText()!;
        set => StoredBodyText = value;
    }

    public DateTime CreatedAt { get; set; }

    public DateTime? EditedAt { get; set; }

    [ChangesOften]
    public int LikeCount { get; set; }

    /// <summary>Direct replies readers can see; kept in the transaction that changes one.</summary>
    [ChangesOften]
    public int ReplyCount { get; set; }

    /// <summary>The client's own key for the post, unique per article, so that a retry stores nothing.</summary>
    [NotServed]
    public string? ClientKey { get; set; }

    /// <summary>Finds equal texts through an index; see <see cref="CommentText.Hash"/>.</summary>
    [NotServed]
    public long TextHash { get; set; }

    internal StoredText StoredAuthorUrl { get; set; }

    internal StoredText StoredBody { get; set; }

    internal StoredText StoredBodyText { get; set; }
}
