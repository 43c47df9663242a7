namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>Reads one item with its terms, meta values and comments.</summary>
internal static class WxrItemReader
{
    public static async Task<WxrItem> ReadAsync(WxrXml xml)
    {
        var item = new WxrItem { Line = xml.Line };
        var depth = xml.Enter();
        while (await xml.NextChildAsync(depth))
        {
            await (xml.Vocabulary switch
            {
                Vocabulary.WordPress => WordPressAsync(xml, item),
                Vocabulary.Rss => RssAsync(xml, item),
                Vocabulary.Content when xml.LocalName == "encoded" => Set(xml.TextAsync(), text => item.Content = text),
                Vocabulary.Excerpt when xml.LocalName == "encoded" => Set(xml.TextAsync(), text => item.Excerpt = text),
                Vocabulary.DublinCore when xml.LocalName == "creator" => Set(xml.TrimmedTextAsync(), text => item.Creator = text),
                _ => xml.TextAsync(),
            });
        }

        return item;
    }

    private static Task RssAsync(WxrXml xml, WxrItem item) => xml.LocalName switch
    {
        "title" => Set(xml.TrimmedTextAsync(), text => item.Title = text),
        "link" => Set(xml.TrimmedTextAsync(), text => item.Link = text),
        "guid" => Set(xml.TrimmedTextAsync(), text => item.Guid = text),
        "pubDate" => Set(xml.TrimmedTextAsync(), text => item.PubDate = text),
        "category" => TermAsync(xml, item),
        _ => xml.TextAsync(),
    };

    private static Task WordPressAsync(WxrXml xml, WxrItem item) => xml.LocalName switch
    {
        "post_id" => Set(xml.NumberAsync(), id => item.PostId = id),
        "post_date" => Set(xml.TrimmedTextAsync(), text => item.PostDate = text),
        "post_date_gmt" => Set(xml.TrimmedTextAsync(), text => item.PostDateGmt = text),
        "post_modified_gmt" => Set(xml.TrimmedTextAsync(), text => item.ModifiedGmt = text),
        "comment_status" => Set(xml.TrimmedTextAsync(), text => item.CommentStatus = text),
        "post_name" => Set(xml.TrimmedTextAsync(), text => item.Slug = text),
        "status" => Set(xml.TrimmedTextAsync(), text => item.Status = text),
        "post_type" => Set(xml.TrimmedTextAsync(), text => item.PostType = text),
        "post_password" => Set(xml.TextAsync(), text => item.Password = text),
        "is_sticky" => Set(xml.NumberAsync(), number => item.IsSticky = number != 0),
        "attachment_url" => Set(xml.TrimmedTextAsync(), text => item.AttachmentUrl = text),
        "postmeta" => MetaAsync(xml, item.Metas),
        "comment" => CommentAsync(xml, item),
        _ => xml.TextAsync(),
    };

    private static async Task TermAsync(WxrXml xml, WxrItem item)
    {
        var taxonomy = xml.Attribute("domain")?.Trim() switch
        {
            null or "" => "category",
            "tag" => "post_tag",
            var domain => domain,
        };
        var slug = xml.Attribute("nicename")?.Trim() ?? "";
        var name = await xml.TrimmedTextAsync();
        if (name.Length > 0 || slug.Length > 0)
        {
            item.Terms.Add(new WxrItemTerm(taxonomy, slug, name));
        }
    }

    private static async Task MetaAsync(WxrXml xml, List<WxrMeta> metas)
    {
        string? key = null;
        var value = "";
        var depth = xml.Enter();
        while (await xml.NextChildAsync(depth))
        {
            switch (xml.Vocabulary, xml.LocalName)
            {
                case (Vocabulary.WordPress, "meta_key"): key = await xml.TrimmedTextAsync(); break;
                case (Vocabulary.WordPress, "meta_value"): value = await xml.TextAsync(); break;
                default: await xml.TextAsync(); break;
            }
        }

        if (key is not null)
        {
            metas.Add(new WxrMeta(key, value));
        }
    }

    private static async Task CommentAsync(WxrXml xml, WxrItem item)
    {
        var comment = new WxrComment();
        var depth = xml.Enter();
        while (await xml.NextChildAsync(depth))
        {
            await (xml.Vocabulary == Vocabulary.WordPress ? CommentFieldAsync(xml, comment) : xml.TextAsync());
        }

        item.Comments.Add(comment);
    }

    private static Task CommentFieldAsync(WxrXml xml, WxrComment comment) => xml.LocalName switch
    {
        "comment_id" => Set(xml.NumberAsync(), id => comment.Id = id),
        "comment_parent" => Set(xml.NumberAsync(), id => comment.ParentId = id),
        "comment_author" => Set(xml.TrimmedTextAsync(), text => comment.Author = text),
        "comment_author_email" => Set(xml.TrimmedTextAsync(), text => comment.Email = text),
        "comment_author_url" => Set(xml.TrimmedTextAsync(), text => comment.Url = text),
        "comment_author_IP" => Set(xml.TrimmedTextAsync(), text => comment.Address = text),
        "comment_date" => Set(xml.TrimmedTextAsync(), text => comment.Date = text),
        "comment_date_gmt" => Set(xml.TrimmedTextAsync(), text => comment.DateGmt = text),
        "comment_content" => Set(xml.TextAsync(), text => comment.Content = text),
        "comment_approved" => Set(xml.TrimmedTextAsync(), text => comment.Approved = text),
        "comment_type" => Set(xml.TrimmedTextAsync(), text => comment.Type = text),
        "comment_user_id" => Set(xml.NumberAsync(), id => comment.UserId = id),
        "commentmeta" => MetaAsync(xml, comment.Metas),
        _ => xml.TextAsync(),
    };

    private static async Task Set<T>(Task<T> value, Action<T> assign) => assign(await value);
}
