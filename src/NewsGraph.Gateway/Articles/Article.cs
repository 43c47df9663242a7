using System.Linq.Expressions;
using NewsGraph.Engine.Conventions.Types;
using NewsGraph.Gateway.Authors;
using NewsGraph.Gateway.Storage.Changes;
using NewsGraph.Gateway.Storage.Reading;
using NewsGraph.Gateway.Tags;

namespace NewsGraph.Gateway.Articles;

/// <summary>A news article. All times are UTC.</summary>
public sealed class Article
{
    /// <summary>What a reader may know of: the one rule every public query starts from.</summary>
    public static readonly Expression<Func<Article, bool>> IsPublic = a => a.Status == ArticleStatus.Published;

    public long Id { get; set; }

    /// <summary>Who the article is for the importer (<c>guid</c> and site), unique; null for one written here.</summary>
    [NotServed]
    public string? ImportKey { get; set; }

    /// <summary>Unique, at most 200 characters.</summary>
    public required string Slug { get; set; }

    /// <summary>Plain text.</summary>
    [ReadAsStored(nameof(StoredTitle))]
    public required string Title
    {
        get => StoredTitle.ToText()!;
        set => StoredTitle = value;
    }

    /// <summary>The paragraph under the headline (WordPress's excerpt), plain text.</summary>
    [ReadOnDemand(nameof(StoredStandfirst))]
    public string? Standfirst
    {
        get => StoredStandfirst.ToText();
        set => StoredStandfirst = value;
    }

    /// <summary>Sanitized HTML.</summary>
    [ReadOnDemand(nameof(StoredBody))]
    public required string Body
    {
        get => StoredBody.ToText()!;
        set => StoredBody = value;
    }

    /// <summary><see cref="Body"/> as plain text.</summary>
    [ReadOnDemand(nameof(StoredBodyText))]
    public required string BodyText
    {
        get => StoredBodyText.ToText()!;
        set => StoredBodyText = value;
    }

    /// <summary>BCP 47.</summary>
    public string? Language { get; set; }

    [ReadOnDemand(nameof(StoredCanonicalUrl))]
    public string? CanonicalUrl
    {
        get => StoredCanonicalUrl.ToText();
        set => StoredCanonicalUrl = value;
    }

    public ArticleStatus Status { get; set; }

    /// <summary>Needs a password at its source: listed, but its body and comments are not served.</summary>
    public bool IsProtected { get; set; }

    public DateTime? PublishedAt { get; set; }

    public DateTime ModifiedAt { get; set; }

    public int WordCount { get; set; }

    public int ReadingMinutes { get; set; }

    public ArticleImage? Image { get; set; }

    /// <summary>Comments readers can see; kept in the transaction that changes one.</summary>
    [ChangesOften]
    public int CommentCount { get; set; }

    /// <summary>Of these, the ones that begin a thread: they answer none that readers can see. Kept like <see cref="CommentCount"/>.</summary>
    [ChangesOften]
    [ReadOnDemand(nameof(KnownThreadCount), Field = "comments")]
    public int ThreadCount
    {
        get => KnownThreadCount ?? throw new UnreadException(nameof(ThreadCount));
        set => KnownThreadCount = value;
    }

    public bool CommentsOpen { get; set; }

    public List<Tag> Tags => field ??= [];

    public List<Author> Authors => field ??= [];

    /// <summary>When it stands in lists; null for one that readers cannot see.</summary>
    internal DateTime? ListedAt => Status == ArticleStatus.Published ? PublishedAt : null;

    /// <summary><see cref="ThreadCount"/>; null when this article was read without it.</summary>
    internal int? KnownThreadCount { get; set; } = 0;

    internal StoredText StoredTitle { get; set; }

    internal StoredText StoredStandfirst { get; set; }

    internal StoredText StoredBody { get; set; }

    internal StoredText StoredBodyText { get; set; }

    internal StoredText StoredCanonicalUrl { get; set; }
}

/// <summary>An article's lead image.</summary>
public sealed class ArticleImage
{
    public required string Url { get; set; }

    public string? Alt { get; set; }

    /// <summary>Pixels, when known.</summary>
    public int? Width { get; set; }

    /// <summary>Pixels, when known.</summary>
    public int? Height { get; set; }
}

/// <summary>That an article carries a tag, at a place in its list.</summary>
public sealed class ArticleTag
{
    public long ArticleId { get; set; }

    public long TagId { get; set; }

    public int Position { get; set; }

    /// <summary>
    /// <see cref="Article.PublishedAt"/> while readers can see the article, null otherwise: a copy, kept in the transaction
    /// that changes it, so that an index holds each tag's articles in the order they are listed in.
    /// </summary>
    public DateTime? ListedAt { get; set; }
}

/// <summary>That an author wrote an article, at a place in its byline.</summary>
public sealed class ArticleAuthor
{
    public long ArticleId { get; set; }

    public long AuthorId { get; set; }

    public int Position { get; set; }

    /// <summary>What <see cref="ArticleTag.ListedAt"/> is for tags.</summary>
    public DateTime? ListedAt { get; set; }
}
