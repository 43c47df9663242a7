namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>Something a WordPress export declares, in the order of the file.</summary>
public abstract class WxrRecord;

/// <summary>What the export says of itself; the first record of every file.</summary>
public sealed class WxrSite : WxrRecord
{
    /// <summary><c>1.0</c>, <c>1.1</c> or <c>1.2</c>; null when the file does not say.</summary>
    public string? Version { get; set; }

    public string Title { get; set; } = "";

    /// <summary>BCP 47; empty when not given.</summary>
    public string Language { get; set; } = "";

    /// <summary>Where the blog lives; empty when not given.</summary>
    public string BaseUrl { get; set; } = "";
}

/// <summary>A declared user.</summary>
public sealed class WxrAuthor : WxrRecord
{
    /// <summary>The user's number, to which comments refer; 0 when not given.</summary>
    public long Id { get; set; }

    public string Login { get; set; } = "";

    public string Email { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    /// <summary>Not in WordPress's own exports; read from <c>wp:author_description</c> where an exporter writes it.</summary>
    public string Description { get; set; } = "";
}

/// <summary>A declared category, tag or term of another taxonomy.</summary>
public sealed class WxrTerm : WxrRecord
{
    /// <summary>The element that declares it: <c>category</c>, <c>tag</c> or <c>term</c>.</summary>
    public required string Element { get; init; }

    /// <summary><c>category</c>, <c>post_tag</c>, or another taxonomy's name.</summary>
    public string Taxonomy { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public string Parent { get; set; } = "";

    public string Description { get; set; } = "";
}

/// <summary>A post of any type: article, page, attachment, menu item …</summary>
public sealed class WxrItem : WxrRecord
{
    /// <summary>Where it begins in the file.</summary>
    public int Line { get; init; }

    public long PostId { get; set; }

    public string Title { get; set; } = "";

    public string Link { get; set; } = "";

    public string Guid { get; set; } = "";

    public string PubDate { get; set; } = "";

    public string Creator { get; set; } = "";

    public string Content { get; set; } = "";

    public string Excerpt { get; set; } = "";

    public string PostDate { get; set; } = "";

    public string PostDateGmt { get; set; } = "";

    public string ModifiedGmt { get; set; } = "";

    public string CommentStatus { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Status { get; set; } = "";

    /// <summary>WordPress's name of the type; <c>post</c> is an article.</summary>
    public string PostType { get; set; } = "";

    public string Password { get; set; } = "";

    public bool IsSticky { get; set; }

    public string AttachmentUrl { get; set; } = "";

    public List<WxrItemTerm> Terms { get; } = [];

    public List<WxrMeta> Metas { get; } = [];

    public List<WxrComment> Comments { get; } = [];

    /// <summary>The value of a meta key; null without it.</summary>
    public string? Meta(string key) => Metas.FirstOrDefault(m => m.Key == key)?.Value;
}

/// <summary>A term on an item. WXR 1.0 writes each twice, once without its slug.</summary>
/// <param name="Taxonomy"><c>category</c>, <c>post_tag</c>, or another taxonomy's name.</param>
/// <param name="Slug">The term's slug, or empty.</param>
/// <param name="Name">The term's name.</param>
public sealed record WxrItemTerm(string Taxonomy, string Slug, string Name);

/// <summary>A meta value, as text; values that PHP serialised are never evaluated.</summary>
public sealed record WxrMeta(string Key, string Value);

/// <summary>A comment on an item.</summary>
public sealed class WxrComment
{
    public long Id { get; set; }

    public long ParentId { get; set; }

    public string Author { get; set; } = "";

    public string Email { get; set; } = "";

    public string Url { get; set; } = "";

    public string Address { get; set; } = "";

    public string Date { get; set; } = "";

    public string DateGmt { get; set; } = "";

    public string Content { get; set; } = "";

    /// <summary><c>1</c>, <c>0</c>, <c>spam</c>, <c>trash</c> or <c>post-trashed</c>.</summary>
    public string Approved { get; set; } = "";

    /// <summary>Empty or <c>comment</c> for what a person wrote; <c>pingback</c>, <c>trackback</c> …</summary>
    public string Type { get; set; } = "";

    /// <summary>The user's number at the source; 0 for a visitor.</summary>
    public long UserId { get; set; }

    public List<WxrMeta> Metas { get; } = [];
}
