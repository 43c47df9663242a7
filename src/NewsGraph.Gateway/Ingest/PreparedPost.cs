using NewsGraph.Gateway.Content;
using NewsGraph.Gateway.Ingest.Wxr;

namespace NewsGraph.Gateway.Ingest;

/// <summary>
/// A post with all that can be made of it without the database. Cleaning texts takes longest, and nobody should wait for
/// the writer meanwhile.
/// </summary>
/// <param name="Item">The post as the file has it.</param>
/// <param name="Key">What the article is found again by.</param>
/// <param name="Tags">The slugs of its tags, in order.</param>
/// <param name="Author">The key of its author, or null.</param>
/// <param name="Body">Its text as clean HTML; empty when reading needs a password.</param>
/// <param name="Comments">The comments' texts as clean HTML.</param>
internal sealed record PreparedPost(
    WxrItem Item, string Key, List<string> Tags, string? Author, string Body, IReadOnlyDictionary<WxrComment, string> Comments)
{
    public static PreparedPost Of(SiteIdentity site, WxrItem item, string key, List<string> tags, string? author) => new(
        item,
        key,
        tags,
        author,
        item.Password.Length > 0 ? "" : PostContent.ToHtml(item.Content, site.BaseUrl),
        item.Comments.ToDictionary(c => c, c => HtmlCleaner.CleanComment(c.Content)));
}
