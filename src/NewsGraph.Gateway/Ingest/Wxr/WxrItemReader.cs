namespace NewsGraph.Gateway.Ingest.Wxr;

/// <summary>Reads one item with its terms, meta values and comments.</summary>
internal static class WxrItemReader
{
    public static WxrItem Read(WxrXml xml)
    {
        var item = new WxrItem { Line = xml.Line };
        var depth = xml.Enter();
        while (xml.NextChild(depth))
        {
            switch (xml.Vocabulary)
            {
                case Vocabulary.WordPress: WordPress(xml, item); break;
                case Vocabulary.Rss: Rss(xml, item); break;
                case Vocabulary.Content when xml.LocalName == "encoded": item.Content = xml.Text(); break;
                case Vocabulary.Excerpt when xml.LocalName == "encoded": item.Excerpt = xml.Text(); break;
                case Vocabulary.DublinCore when xml.LocalName == "creator": item.Creator = xml.TrimmedText(); break;
                default: xml.Text(); break;
            }
        }

        return item;
    }

    private static void Rss(WxrXml xml, WxrItem item)
    {
        switch (xml.LocalName)
        {
            case "title": item.Title = xml.TrimmedText(); break;
            case "link": item.Link = xml.TrimmedText(); break;
            case "guid": item.Guid = xml.TrimmedText(); break;
            case "pubDate": item.PubDate = xml.TrimmedText(); break;
            case "category": Term(xml, item); break;
            default: xml.Text(); break;
        }
    }

    private static void WordPress(WxrXml xml, WxrItem item)
    {
        switch (xml.LocalName)
        {
            case "post_id": item.PostId = xml.Number(); break;
            case "post_date": item.PostDate = xml.TrimmedText(); break;
            case "post_date_gmt": item.PostDateGmt = xml.TrimmedText(); break;
            case "post_modified_gmt": item.ModifiedGmt = xml.TrimmedText(); break;
            case "comment_status": item.CommentStatus = xml.TrimmedText(); break;
            case "post_name": item.Slug = xml.TrimmedText(); break;
            case "status": item.Status = xml.TrimmedText(); break;
            case "post_type": item.PostType = xml.TrimmedText(); break;
            case "post_password": item.Password = xml.Text(); break;
            case "is_sticky": item.IsSticky = xml.Number() != 0; break;
            case "attachment_url": item.AttachmentUrl = xml.TrimmedText(); break;
            case "postmeta": Meta(xml, item.Metas); break;
            case "comment": Comment(xml, item); break;
            default: xml.Text(); break;
        }
    }

    private static void Term(WxrXml xml, WxrItem item)
    {
        var taxonomy = xml.Attribute("domain")?.Trim() switch
        {
            null or "" => "category",
            "tag" => "post_tag",
            var domain => domain,
        };
        var slug = xml.Attribute("nicename")?.Trim() ?? "";
        var name = xml.TrimmedText();
        if (name.Length > 0 || slug.Length > 0)
        {
            item.Terms.Add(new WxrItemTerm(taxonomy, slug, name));
        }
    }

    private static void Meta(WxrXml xml, List<WxrMeta> metas)
    {
        string? key = null;
        var value = "";
        var depth = xml.Enter();
        while (xml.NextChild(depth))
        {
            switch (xml.Vocabulary, xml.LocalName)
            {
                case (Vocabulary.WordPress, "meta_key"): key = xml.TrimmedText(); break;
                case (Vocabulary.WordPress, "meta_value"): value = xml.Text(); break;
                default: xml.Text(); break;
            }
        }

        if (key is not null)
        {
            metas.Add(new WxrMeta(key, value));
        }
    }

    private static void Comment(WxrXml xml, WxrItem item)
    {
        var comment = new WxrComment();
        var depth = xml.Enter();
        while (xml.NextChild(depth))
        {
            if (xml.Vocabulary == Vocabulary.WordPress)
            {
                CommentField(xml, comment);
            }
            else
            {
                xml.Text();
            }
        }

        item.Comments.Add(comment);
    }

    private static void CommentField(WxrXml xml, WxrComment comment)
    {
        switch (xml.LocalName)
        {
            case "comment_id": comment.Id = xml.Number(); break;
            case "comment_parent": comment.ParentId = xml.Number(); break;
            case "comment_author": comment.Author = xml.TrimmedText(); break;
            case "comment_author_email": comment.Email = xml.TrimmedText(); break;
            case "comment_author_url": comment.Url = xml.TrimmedText(); break;
            case "comment_author_IP": comment.Address = xml.TrimmedText(); break;
            case "comment_date": comment.Date = xml.TrimmedText(); break;
            case "comment_date_gmt": comment.DateGmt = xml.TrimmedText(); break;
            case "comment_content": comment.Content = xml.Text(); break;
            case "comment_approved": comment.Approved = xml.TrimmedText(); break;
            case "comment_type": comment.Type = xml.TrimmedText(); break;
            case "comment_user_id": comment.UserId = xml.Number(); break;
            case "commentmeta": Meta(xml, comment.Metas); break;
            default: xml.Text(); break;
        }
    }
}
